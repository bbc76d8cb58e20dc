"""Every kind of event is documented, by the schema that real events keep to."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.architecture.tree import ROOT
from tests.queries.books import full_books
from wafa.integrations.webhooks.envelope import message
from wafa.integrations.webhooks.reference import page
from wafa.integrations.webhooks.schemas import MEANINGS, example, schema
from wafa.jobs.outbox import mark_done
from wafa.operations.set_member_status import set_member_status
from wafa.store.models import MemberStatus, OutboxEvent
from wafa.store.outbox import KINDS

PAGE = ROOT / "docs" / "reference" / "events.md"


@pytest.fixture(scope="module")
def told(transactional_db: None) -> dict[str, list[bytes]]:
    """The messages of books in which everything happens, by kind."""
    shop = full_books()
    for status in (MemberStatus.BLOCKED, MemberStatus.ACTIVE):
        set_member_status(shop.id, shop.member("dana").id, status, "The card was lost.", shop.now)
    while mark_done(1000):
        pass
    messages: dict[str, list[bytes]] = {}
    for event in OutboxEvent.objects.of(shop.id).order_by("number"):
        messages.setdefault(event.kind, []).append(message(event, shop.merchant.code))
    return messages


def check(kind: str, said: object) -> None:
    """Raises where a message does not keep to the schema of its kind."""
    Draft202012Validator(schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(said)


def test_every_kind_has_its_meaning() -> None:
    assert list(MEANINGS) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_real_events_keep_to_the_schema(told: dict[str, list[bytes]], kind: str) -> None:
    assert told[kind]
    for each in told[kind]:
        check(kind, orjson.loads(each))


@pytest.mark.parametrize("kind", KINDS)
def test_so_does_the_example(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))
    check(kind, example(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_can_be_broken(kind: str) -> None:
    said = example(kind)
    for broken in (
        said | {"type": "SomethingElse"},
        said | {"data": said["data"] | {"number": "1"}},
        said | {"data": said["data"] | {"member": "amal"}},
        said | {"data": said["data"] | {"more": 1}},
        said | {"data": {name: value for name, value in said["data"].items() if name != "wallet"}},
    ):
        with pytest.raises(ValidationError):
            check(kind, broken)


def test_the_page_says_what_the_code_says() -> None:
    """Written by `python -m wafa.integrations.webhooks.reference > docs/reference/events.md`."""
    assert Path(PAGE).read_text("utf-8") == page()
