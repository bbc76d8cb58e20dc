"""Loading the little world that a batch touches: numbers claimed first, then wallets locked in key order (law 10)."""

from wafa.store.loading.moved import WorldMovedError
from wafa.store.loading.snapshot import load

__all__ = ["WorldMovedError", "load"]
