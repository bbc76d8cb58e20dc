"""The tests of this folder commit."""

from tests.db import transactional_db

__all__ = ["transactional_db"]
