"""The programme's pages over HTTP: for the owner alone, saved and told, nothing lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import signed_in
from tests.web.reading import said
from tests.web.shop import Shop
from tests.world import DEMO, NOON
from wafa.operations.drafts import save_draft
from wafa.operations.publish_programme import publish_programme
from wafa.store.models import Merchant, ProgrammeVersion
from wafa.web.console.drafted import digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(shop: Shop) -> Client:
    """Huda, at her desk."""
    return signed_in(shop.cast.huda)


@pytest.fixture
def draft(shop: Shop) -> ProgrammeVersion:
    """A draft that says what the live version says."""
    return save_draft(shop.merchant, DEMO)


def at(name: str, *args: Any) -> str:
    """Where a page is."""
    return reverse(f"console:{name}", args=args)


def body_of(merchant: Merchant, number: int) -> dict[str, Any]:
    """What a version says now."""
    body: dict[str, Any] = ProgrammeVersion.objects.of(merchant).get(number=number).body
    return body


def pages(number: int) -> dict[str, tuple[str, bool]]:
    """Every address of the programme, and whether it changes something."""
    return {
        "versions": (at("programme"), False),
        "new draft": (at("new_draft"), True),
        "version": (at("version", number), False),
        "json": (at("version_json", number), True),
        "publish": (at("publish", number), True),
        "discard": (at("discard", number), True),
        "new rule": (at("new_rule", number), False),
        "rule": (at("rule", number, 0), False),
        "saving a rule": (at("rule", number, 0), True),
        "sentence": (at("rule_sentence", number, 0), True),
        "sentence of a new one": (at("new_rule_sentence", number), True),
        "remove": (at("remove_rule", number, 0), True),
        "try": (at("try", number), False),
        "last": (at("try_last", number), False),
    }


# --- who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages(1))
def test_it_is_for_the_owner_alone(shop: Shop, draft: ProgrammeVersion, page: str) -> None:
    place, changes = pages(draft.number)[page]
    for user in (shop.cast.majid, shop.cast.rana, shop.cast.karim, shop.cast.nobody):
        client = signed_in(user)
        answer = client.post(place) if changes else client.get(place)
        assert answer.status_code == 403
    assert body_of(shop.merchant, draft.number) == DEMO
    anonymous = Client().post(place) if changes else Client().get(place)
    assert anonymous.headers["Location"].startswith("/sign-in/")
    if page not in ("versions", "new draft"):
        stranger = signed_in(shop.cast.farid)
        assert (stranger.post(place) if changes else stranger.get(place)).status_code == 404
        assert body_of(shop.merchant, draft.number) == DEMO


@pytest.mark.parametrize("page", [page for page, (_, changes) in pages(1).items() if changes])
def test_what_changes_something_needs_a_token_and_is_asked_for_by_post(
    shop: Shop, draft: ProgrammeVersion, page: str
) -> None:
    place, _ = pages(draft.number)[page]
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(shop.cast.huda, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert careful.post(place, {"was": digest(DEMO)}).status_code == 403
    if page != "saving a rule":
        assert careful.get(place).status_code == 405


def test_the_menu_leads_there_for_the_owner_only(shop: Shop, owner: Client) -> None:
    assert f'href="{at("programme")}"' in owner.get(at("members")).content.decode()
    assert f'href="{at("programme")}"' not in signed_in(shop.cast.majid).get(at("members")).content.decode()
    text = said(signed_in(shop.cast.majid).get(at("programme")).content.decode())
    assert "This page is for the owner" in text


# --- versions --------------------------------------------------------------------------------------------------------


def test_the_versions_and_what_holds_now(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    text = said(owner.get(at("programme")).content.decode())
    assert "Version 1 Live" in text
    assert "Version 2 Draft not published" in text
    assert "1 point for each full SAR 1.00 of the receipt" in text


def test_a_new_draft_says_what_the_live_version_says(shop: Shop, owner: Client) -> None:
    answer = owner.post(at("new_draft"))
    assert answer.headers["Location"] == at("version", 2)
    assert body_of(shop.merchant, 2) == DEMO
    assert "it says the same as version 1" in said(owner.get(at("version", 2)).content.decode())


def test_of_a_draft_it_is_told_what_is_wrong_and_what_would_change(shop: Shop, owner: Client) -> None:
    wrong = save_draft(shop.merchant, DEMO | {"tiers": [], "rules": [*DEMO["rules"], {"kind": "moon"}, 5]})
    text = said(owner.get(at("version", wrong.number)).content.decode())
    assert "Kind: this is none of the choices" in text
    assert "The first tier must begin at zero" in text.replace("Tiers: the", "The")
    assert "once everything in the draft is valid" in text
    doubled = [DEMO["rules"][0] | {"points": 2}, *DEMO["rules"][1:]]
    changed = save_draft(shop.merchant, DEMO | {"rules": doubled})
    text = said(owner.get(at("version", changed.number)).content.decode())
    assert "was: 1 point for each full SAR 1.00" in text
    assert "Now: 2 points for each full SAR 1.00" in text


def test_what_is_published_cannot_be_changed(shop: Shop, owner: Client) -> None:
    text = owner.get(at("version", 1)).content.decode()
    assert "<textarea" not in text
    for page, (place, changes) in pages(1).items():
        if (changes and page != "new draft") or "rule" in page:
            assert (owner.post(place) if changes else owner.get(place)).status_code == 404, page


# --- JSON ------------------------------------------------------------------------------------------------------------


def save_json(owner: Client, number: int, typed: str, was: object = DEMO) -> Any:
    """As the textarea does."""
    return owner.post(at("version_json", number), {"json": typed, "was": digest(was)})


@pytest.mark.parametrize(
    "body",
    [
        DEMO, {}, {"rules": 5}, {"rules": [1, None, "x", {"kind": []}]}, {"a": [1.5, -0.25, 10**30, True, None]},
        {"": {"ünï": "قاعدة <script>&amp;"}, "units": [{"code": "x"}], "tiers": [{"code": "y"}, 7], "rules": [{}]},
        {"rules": [{"kind": "per_amount", "points": "many", "name": [], "code": 7}], "units": "none"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_saved_is_what_was_typed(
    shop: Shop, owner: Client, draft: ProgrammeVersion, body: dict[str, Any]
) -> None:
    assert save_json(owner, draft.number, json.dumps(body)).status_code == 302
    assert json.dumps(body_of(shop.merchant, draft.number), sort_keys=True) == json.dumps(body, sort_keys=True)
    page = owner.get(at("version", draft.number))
    assert json.loads(page.context["typed"]) == body
    assert save_json(owner, draft.number, page.context["typed"], body).status_code == 302
    assert json.dumps(body_of(shop.merchant, draft.number), sort_keys=True) == json.dumps(body, sort_keys=True)
    for name in ("programme", "new_rule", "try", "try_last"):
        assert owner.get(at(name, *([] if name == "programme" else [draft.number]))).status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("{", "look at line 1, column 2"), ("", "look at line 1, column 1"), ("[]", "an object in braces"),
        ('{"a": 1, "a": 2}', "“a” stands twice"), ('{"a": NaN}', "“NaN” is no number"),
        ('{"a": 0.12345678901234567890}', "too many digits"), ('{"a": 1e999}', "too many digits"),
        ('{"a": "\\u0000"}', "cannot be kept"), ('{"\\ud800": 1}', "cannot be kept"),
        ("[" * 5000, "too deep"),
        ('{"a":' * 60 + "1" + "}" * 60, "too deep"), ('{"a": ' + "9" * 5000 + "}", "too many digits"),
        ('{"a": "' + "x" * 500_001 + '"}', "too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_and_stays_on_the_page(
    shop: Shop, owner: Client, draft: ProgrammeVersion, typed: str, told: str
) -> None:
    answer = save_json(owner, draft.number, typed)
    assert answer.status_code == 422
    assert told in said(answer.content.decode())
    assert answer.context["typed"] == typed
    assert body_of(shop.merchant, draft.number) == DEMO


def test_a_draft_that_was_changed_meanwhile_is_not_overwritten(
    shop: Shop, owner: Client, draft: ProgrammeVersion
) -> None:
    answer = save_json(owner, draft.number, "{}", was={"other": 1})
    assert answer.status_code == 422
    assert "has been changed since" in said(answer.content.decode())
    assert body_of(shop.merchant, draft.number) == DEMO


# --- rules -----------------------------------------------------------------------------------------------------------

NEW = {"kind": "fixed", "points": "50", "name.en": "Lunch", "do": "save"}


def test_a_rule_is_built_by_choosing(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    chosen = NEW | {
        "match": "any", "c.0.kind": "weekday", "c.0.of": ["friday", "monday"], "c.3.kind": "tier", "c.3.not": "1",
        "c.3.of": "gold", "during.from": "2011-11-01", "caps.day": "۱۰۰", "qualifying": "1",
    }  # fmt: skip
    answer = owner.post(at("new_rule", draft.number), chosen)
    assert answer.headers["Location"] == at("version", draft.number)
    assert body_of(shop.merchant, draft.number)["rules"] == [
        *DEMO["rules"],
        {
            "code": "lunch", "kind": "fixed", "name": {"en": "Lunch"}, "points": 50, "qualifying": True,
            "when": {"any": [
                {"kind": "weekday", "of": ["friday", "monday"]}, {"not": {"kind": "tier", "of": ["gold"]}},
            ]},
            "during": {"from": "2011-11-01"}, "caps": [{"points": 100, "per": "day"}],
        },
    ]  # fmt: skip
    text = said(owner.get(at("version", draft.number)).content.decode())
    assert "“Lunch” is saved in the draft" in text
    assert "50 points for a receipt on Mondays and Fridays or not for Gold members" in text


def test_the_sentence_is_told_while_one_chooses(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    place = at("new_rule_sentence", draft.number)
    text = owner.post(place, {"kind": "fixed", "points": "50"}).content.decode()
    assert "50 points for a receipt." in text
    assert "Name: this is missing" in text
    text = owner.post(place, {"kind": "fixed", "points": "fifty"}).content.decode()
    assert "As soon as enough is chosen" in text
    assert "a whole number is needed" in text
    assert body_of(shop.merchant, draft.number) == DEMO


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    shop: Shop, owner: Client, draft: ProgrammeVersion
) -> None:
    wrong = NEW | {"points": "fifty", "c.0.kind": "hours", "c.0.from": "25:00", "c.0.to": "18:00", "group": "lunch"}
    answer = owner.post(at("new_rule", draft.number), wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="fifty"' in page
    assert 'value="25:00"' in page
    assert 'value="lunch"' in page
    assert answer.context["fields"]["points"].problems == ["A whole number is needed."]
    (row,) = answer.context["rows"]
    assert row.fields[0].problems == ["This is no time of the day."]
    assert body_of(shop.merchant, draft.number) == DEMO
    kept = owner.post(at("new_rule", draft.number), wrong | {"do": "anyway"})
    assert kept.status_code == 302
    assert body_of(shop.merchant, draft.number)["rules"][-1] == {
        "code": "lunch", "kind": "fixed", "name": {"en": "Lunch"}, "points": "fifty", "group": "lunch",
        "when": {"kind": "hours", "from": "25:00", "to": "18:00"},
    }  # fmt: skip
    again = owner.get(at("rule", draft.number, 5)).content.decode()
    assert 'value="fifty"' in again


def test_conditions_are_added_and_removed_without_saving(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    place = at("new_rule", draft.number)
    answer = owner.post(place, NEW | {"do": "add", "c.0.kind": "age", "c.0.at_least": "18"})
    assert [drawn.row.kind for drawn in answer.context["rows"]] == ["age", ""]
    assert 'value="18"' in answer.content.decode()
    answer = owner.post(place, NEW | {"do": "remove.0", "c.0.kind": "age", "c.1.kind": "tier"})
    assert [drawn.row.kind for drawn in answer.context["rows"]] == ["tier"]
    part = owner.post(place, NEW | {"do": "redraw"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<form class="rule-form"')
    assert body_of(shop.merchant, draft.number) == DEMO


def test_what_the_form_cannot_show_is_said_and_kept(shop: Shop, owner: Client) -> None:
    nested = {"all": [{"any": [{"kind": "first_at_branch"}]}, {"kind": "age", "at_least": 9}]}
    rule = DEMO["rules"][0] | {"when": nested, "expiry": {"kind": "never"}, "colour": "red"}
    number = save_draft(shop.merchant, DEMO | {"rules": [rule, *DEMO["rules"][1:]]}).number
    answer = owner.get(at("rule", number, 0))
    assert {key for key, _ in answer.context["kept"]} == {"when", "expiry", "colour"}
    assert "says more than this form can show" in said(answer.content.decode())
    typed = {
        "kind": "per_amount", "name.en": "Base", "points": "2", "per_minor": "1", "code": "base", "unit": "points",
        "mode": "steps", "was": answer.context["was"], "do": "anyway",
    }  # fmt: skip
    assert owner.post(at("rule", number, 0), typed).status_code == 302
    assert body_of(shop.merchant, number)["rules"][0] == {
        "code": "base", "kind": "per_amount", "name": {"en": "Base"}, "points": 2, "per_minor": 100, "when": nested,
        "expiry": {"kind": "never"}, "colour": "red",
    }  # fmt: skip


def test_a_rule_that_was_changed_meanwhile_is_not_overwritten(
    shop: Shop, owner: Client, draft: ProgrammeVersion
) -> None:
    answer = owner.post(at("rule", draft.number, 0), NEW | {"was": "of-yesterday"})
    assert "has been changed since" in said(answer.content.decode())
    assert owner.post(at("remove_rule", draft.number, 0), {"was": "of-yesterday"}).status_code == 302
    assert body_of(shop.merchant, draft.number) == DEMO


def test_a_rule_is_removed(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    owner.post(at("remove_rule", draft.number, 4), {"was": digest(DEMO["rules"][4])})
    assert body_of(shop.merchant, draft.number) == DEMO | {"rules": DEMO["rules"][:4]}


@pytest.mark.parametrize("text", ["a\0b", "<script>alert(1)</script>", "x" * 3000, "\u202eevil"])
def test_hostile_texts_are_told_or_kept_but_never_run(
    shop: Shop, owner: Client, draft: ProgrammeVersion, text: str
) -> None:
    answer = owner.post(at("new_rule", draft.number), NEW | {"name.en": text, "group": text, "do": "anyway"})
    assert answer.status_code in (302, 422)
    assert "<script>alert" not in owner.get(at("version", draft.number)).content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_a_number_that_is_no_rule_and_a_rule_that_is_no_object(shop: Shop, owner: Client) -> None:
    number = save_draft(shop.merchant, DEMO | {"rules": [5]}).number
    assert owner.get(at("rule", number, 0)).headers["Location"] == at("version", number)
    assert owner.get(at("rule", number, 9)).status_code == 404
    assert owner.get(at("version", 99)).status_code == 404


# --- publishing ------------------------------------------------------------------------------------------------------


def publish(owner: Client, number: int, was: object = DEMO, **chosen: str) -> Any:
    """As the form does."""
    return owner.post(at("publish", number), {"was": digest(was)} | chosen)


def test_it_is_published_from_now_on(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    shop.world.stand_at(NOON + timedelta(days=1))
    assert publish(owner, draft.number, when="now").headers["Location"] == at("version", draft.number)
    text = said(owner.get(at("programme")).content.decode())
    assert "Version 2 Live" in text
    assert "Version 1 Retired" in text


def test_what_somebody_else_published_meanwhile_is_told(
    shop: Shop, owner: Client, draft: ProgrammeVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_another(*given: Any, **named: Any) -> None:
        publish_programme(shop.merchant, DEMO, NOON + timedelta(days=1), draft=draft)
        publish_programme(*given, **named)

    monkeypatch.setattr("wafa.web.console.views.programme.changing.publish_programme", after_another)
    answer = publish(owner, draft.number, when="day", day="2011-07-01")
    assert "has been changed since this page was opened" in said(answer.content.decode())


def test_it_is_published_from_a_day_on_in_the_shops_time(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    publish(owner, draft.number, when="day", day="2011-07-01")
    text = said(owner.get(at("version", draft.number)).content.decode())
    assert "Scheduled" in text
    assert "starts on 1 July 2011, 00:00" in text


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"when": "now"}, "It must start after 1 June 2011"),
        ({"when": "day", "day": "2011-05-01"}, "It must start after"),
        ({"when": "day", "day": "soon"}, "Choose the day"),
        ({"when": "day", "day": ""}, "Choose the day"),
        ({"when": "day", "day": "0001-01-01"}, ""),
        ({"when": "day", "day": "9999-12-31"}, ""),
    ],
)
def test_a_start_that_cannot_be_is_told(
    shop: Shop, owner: Client, draft: ProgrammeVersion, chosen: dict[str, str], told: str
) -> None:
    answer = publish(owner, draft.number, **chosen)
    assert answer.status_code in ((422,) if told else (422, 302))
    if answer.status_code == 422:
        assert told in said(answer.content.decode())
        assert ProgrammeVersion.objects.of(shop.merchant).get(number=draft.number).state == "draft"


def test_what_is_not_valid_is_not_published(shop: Shop, owner: Client) -> None:
    wrong = DEMO | {"tiers": []}
    number = save_draft(shop.merchant, wrong).number
    answer = publish(owner, number, wrong, when="day", day="2011-07-01")
    assert answer.status_code == 422
    assert "It was not published. Tiers: the first tier must begin at zero" in said(answer.content.decode())


def test_a_draft_is_discarded(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    assert owner.post(at("discard", draft.number)).headers["Location"] == at("programme")
    assert owner.get(at("version", draft.number)).status_code == 404


# --- trying ----------------------------------------------------------------------------------------------------------


def test_a_receipt_is_tried_rule_by_rule(shop: Shop, owner: Client) -> None:
    doubled = DEMO | {"rules": [DEMO["rules"][0] | {"points": 2}, *DEMO["rules"][1:4]]}
    number = save_draft(shop.merchant, doubled).number
    place = at("try", number)
    text = said(owner.get(place).content.decode())
    assert "N-OLAYA" in text
    assert "N-ANONYMOUS" not in text
    assert "N-ANONYMOUS" in owner.get(place + "?q=N-ANON").content.decode()
    text = said(owner.get(f"{place}?receipt={shop.receipt('N-OLAYA').id}").content.decode())
    assert "By this version 500 Really earned 350" in text
    assert "Base points 2 points for each full SAR 1.00 of the receipt." in text
    assert "There is no such rule in this version." in text
    assert "history counts as it is now" in text
    anonymous = said(owner.get(f"{place}?receipt={shop.receipt('N-ANONYMOUS').id}").content.decode())
    assert "what it would earn somebody who joins with it" in anonymous


def test_another_shops_receipt_is_not_there(shop: Shop, owner: Client, draft: ProgrammeVersion) -> None:
    from wafa.store.models import Document

    theirs = Document.objects.of(shop.elsewhere.merchant).get()
    assert owner.get(f"{at('try', draft.number)}?receipt={theirs.id}").status_code == 404
    assert "N-ELSEWHERE" not in owner.get(at("try", draft.number) + "?q=N-ELSEWHERE").content.decode().split("main")[2]
    assert owner.get(f"{at('try', draft.number)}?receipt=nonsense").status_code == 200


def test_the_last_receipts_are_summed(shop: Shop, owner: Client) -> None:
    number = save_draft(shop.merchant, DEMO | {"rules": [DEMO["rules"][0] | {"points": 2}, *DEMO["rules"][1:]]}).number
    text = said(owner.get(at("try_last", number)).content.decode())
    assert "2 receipts, from 1 June 2011 to 1 June 2011" in text
    assert "By this version 800 Points Given then 450 Points Difference +350" in text
    assert "Receipts are taken as they were sold" in text


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_page_is_told_in_both_other_languages(shop: Shop, draft: ProgrammeVersion, language: str) -> None:
    reader = signed_in(shop.cast.huda, language)
    for page, (place, changes) in pages(draft.number).items():
        if not changes:
            assert f'lang="{language}"' in reader.get(place).content.decode(), page
