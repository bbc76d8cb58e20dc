"""Who moved points: every entry names its actor (law 2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is user, api_key, till or job; `name` says which one."""

    kind: str
    name: str
