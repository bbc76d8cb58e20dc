"""Tests of the core: values in, values out, no database. Their helpers' assertions tell as much as the tests' own."""

import pytest

pytest.register_assert_rewrite("tests.core.scenarios", "tests.core.laws", "tests.core.world")
