"""How a programme differs from another one, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from wafa.wording.languages import isolated
from wafa.wording.names import name_in
from wafa.wording.rules.activities import activity_sentence
from wafa.wording.rules.fields import field_name
from wafa.wording.rules.giving import threshold
from wafa.wording.rules.programme import branch_sentences, exclusions, limits
from wafa.wording.rules.rule import rule_sentence
from wafa.wording.rules.series import ended, together
from wafa.wording.rules.terms import Body, Terms

Telling = Callable[[Body, Terms], str]
_TOLD = {"rules", "limits", "exclusions", "branch_rules", "activities", "tiers"}


def changes(before: Body, after: Body, currency: str) -> list[str]:
    """What becomes of one programme in the other; nothing where they say the same."""
    old, new = Terms.of(before, currency), Terms.of(after, currency)
    return [
        *_of_elements(before, after, "rules", lambda rule, terms: rule_sentence(rule, terms), old, new),
        *_of_sentences(limits(before), limits(after)),
        *_of_sentences(exclusions(before), exclusions(after)),
        *_of_sentences(_of_branches(before, old), _of_branches(after, new)),
        *_of_elements(before, after, "activities", activity_sentence, old, new),
        *_of_tiers(before, after, old, new),
        *(
            _("Changed: %(section)s.") % {"section": field_name(name)}
            for name in sorted((before.keys() | after.keys()) - _TOLD)
            if before.get(name) != after.get(name)
        ),
    ]


def _of_elements(before: Body, after: Body, name: str, tell: Telling, old: Terms, new: Terms) -> Iterator[str]:
    """Of rules or activities: added, changed, removed; their order, where it is all that changed."""
    was, now = _by_code(before.get(name)), _by_code(after.get(name))
    for code, element in now.items():
        if code not in was:
            yield _("New: %(sentence)s") % {"sentence": _named(element, tell(element, new))}
        elif element != was[code]:
            yield _changed(was[code], element, tell(was[code], old), tell(element, new))
    for code, element in was.items():
        if code not in now:
            yield _("Removed: %(sentence)s") % {"sentence": _named(element, tell(element, old))}
    if [code for code in was if code in now] != [code for code in now if code in was]:
        yield _("Changed: the order of %(elements)s.") % {"elements": field_name(name)}


def _changed(was: Body, now: Body, said: str, says: str) -> str:
    name = _name(now)
    if said != says:
        return _("%(name)s – was: %(before)s Now: %(after)s") % {"name": name, "before": said, "after": says}
    fields = sorted(field for field in was.keys() | now.keys() if was.get(field) != now.get(field))
    told = together([field_name(field, "rules") for field in fields])
    return _("%(name)s changed: %(fields)s.") % {"name": name, "fields": told}


def _of_sentences(before: list[str], after: list[str]) -> Iterator[str]:
    for sentence in after:
        if sentence not in before:
            yield _("New: %(sentence)s") % {"sentence": sentence}
    for sentence in before:
        if sentence not in after:
            yield _("Removed: %(sentence)s") % {"sentence": sentence}


def _of_branches(body: Body, terms: Terms) -> list[str]:
    return [sentence for change in body.get("branch_rules") or () for sentence in branch_sentences(change, terms)]


def _of_tiers(before: Body, after: Body, old: Terms, new: Terms) -> Iterator[str]:
    for code, tier in new.tiers.items():
        to = threshold(tier["from"], _measure(after), new)
        if code not in old.tiers:
            text = _("New tier: %(tier)s, from %(threshold)s on.")
            yield ended(text % {"tier": new.tier(code), "threshold": to})
        elif tier["from"] != old.tiers[code]["from"]:
            was = threshold(old.tiers[code]["from"], _measure(before), old)
            text = _("%(tier)s begins at %(after)s, and no longer at %(before)s.")
            yield ended(text % {"tier": new.tier(code), "after": to, "before": was})
        elif tier != old.tiers[code]:
            yield _("%(name)s changed: %(fields)s.") % {"name": new.tier(code), "fields": field_name("name")}
    for code in old.tiers:
        if code not in new.tiers:
            yield _("Removed tier: %(tier)s.") % {"tier": old.tier(code)}


def _measure(body: Body) -> str:
    return str((body.get("qualification") or {}).get("measure", "points"))


def _by_code(elements: list[Body] | None) -> dict[str, Body]:
    return {str(element["code"]): element for element in elements or ()}


def _name(element: Body) -> str:
    return isolated(name_in(element.get("name"), str(element["code"])))


def _named(element: Body, sentence: str) -> str:
    """With its name, which people know it by."""
    return _("%(name)s: %(sentence)s") % {"name": _name(element), "sentence": sentence}
