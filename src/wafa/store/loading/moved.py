"""The world moved while a batch waited for its locks: what it had looked up is no longer so."""


class WorldMovedError(RuntimeError):
    """A member was merged, or left, between being looked up and being locked. Trying again finds the new state."""
