"""What rules, activities and tiers are called, in the reader's language: as the programme's versions name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from wafa.wording.languages import ENGLISH, chosen

Body = Mapping[str, Any]


class Names:
    """Names from one merchant's programme versions.

    A rule, activity or tier is looked up in the version that an entry names; a clawback speaks of rules of earlier
    versions too, so a code that its own version does not know is looked for in the others, newest first.
    One that nobody knows is called by its code.
    """

    def __init__(self, versions: Iterable[tuple[UUID, Body]] = ()) -> None:
        self._rules: dict[UUID, dict[str, Body]] = {}
        self._activities: dict[UUID, dict[str, Body]] = {}
        self._tiers: dict[UUID, dict[str, Body]] = {}
        self._qualification: dict[UUID, Body] = {}
        for version, body in versions:
            self._rules[version] = _by_code(body.get("rules"))
            for change in body.get("branch_rules") or ():
                self._rules[version] |= _by_code(change.get("rules"))
            self._activities[version] = _by_code(body.get("activities"))
            self._tiers[version] = _by_code(body.get("tiers"))
            self._qualification[version] = body.get("qualification") or {}

    def rule(self, code: str, version: UUID | None = None, language: str | None = None) -> str:
        """The rule's name."""
        return _named(self._rules, code, version, language)

    def activity(self, code: str, version: UUID | None = None, language: str | None = None) -> str:
        """The activity's name."""
        return _named(self._activities, code, version, language)

    def tier(self, code: str, version: UUID | None = None, language: str | None = None) -> str:
        """The tier's name."""
        return _named(self._tiers, code, version, language)

    def is_higher(self, tier: str, other: str, version: UUID | None) -> bool:
        """Whether a tier stands above another one on a version's ladder."""
        rungs = list(self._tiers.get(version, {})) if version else []
        return tier in rungs and (other not in rungs or rungs.index(tier) > rungs.index(other))

    def qualifies_by(self, version: UUID | None) -> str:
        """What climbs a version's ladder: points, spend or visits."""
        return str(self._of(version).get("measure", "points"))

    def grace_days(self, version: UUID | None) -> int:
        """For how many days a version lets a tier be kept that is no longer supported."""
        return int(self._of(version).get("grace_days", 0))

    def _of(self, version: UUID | None) -> Body:
        return self._qualification.get(version, {}) if version else {}


def name_in(names: object, fallback: str, language: str | None = None) -> str:
    """Of names by language the reader's, else the English one, else the code."""
    if not isinstance(names, Mapping):
        return fallback
    name = names.get(chosen(language)) or names.get(ENGLISH)
    return name if isinstance(name, str) and name else fallback


def _by_code(elements: object) -> dict[str, Body]:
    if not isinstance(elements, list):
        return {}
    return {str(element["code"]): element for element in elements if isinstance(element, Mapping) and "code" in element}


def _named(known: Mapping[UUID, Mapping[str, Body]], code: str, version: UUID | None, language: str | None) -> str:
    own = known.get(version, {}) if version else {}
    for names in (own, *known.values()):
        if code in names:
            return name_in(names[code].get("name"), code, language)
    return code
