"""`wafa init`: a shop of one's own, set up by a few questions in the owner's language."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated
from zoneinfo import available_timezones

import typer
from babel import Locale
from django.utils.text import slugify
from django.utils.translation import override

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.setup.coins import coin_minor
from wafa.jobs.setup.questions import TEXTS
from wafa.jobs.setup.templates import TEMPLATES
from wafa.operations.open_shop import NewShop, ShopExistsError, open_shop
from wafa.wording import languages
from wafa.wording.rules import programme_sentences

NAME_LONGEST, CODE_LONGEST = 120, 40
KINDS = ", ".join(TEMPLATES)

FaultIn = Callable[[str], str]
"""What is wrong with an answer, in a sentence; empty: nothing."""


def init(
    language: Annotated[str, typer.Option(help="The language to be asked in: en, ar or fa.", prompt="en / ar / fa")],
    name: Annotated[str | None, typer.Option(help="What the shop is called.")] = None,
    code: Annotated[str | None, typer.Option(help="A short name for addresses and commands.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"The programme to start from: {KINDS}.")] = None,
    currency: Annotated[str | None, typer.Option(help="ISO 4217 code of its prices.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="IANA name, such as Asia/Riyadh.")] = None,
    branch: Annotated[str | None, typer.Option(help="What its first branch is called.")] = None,
    owner: Annotated[str | None, typer.Option(help="A user name for the owner.")] = None,
) -> None:
    """Set up a shop: what is not given as an option is asked for."""
    if language not in languages.ALL:
        raise UsageError(f"“{language}” is none of {', '.join(languages.ALL)}.")
    ask = _Questions(language)
    name = ask.text("name", name)
    code = ask.code("code", code, default=slugify(name)[:CODE_LONGEST] or None)
    kind = ask.kind(kind)
    currency = ask.currency(currency)
    time_zone = ask.time_zone(time_zone)
    branch = ask.text("branch", branch, default=name)
    owner = ask.text("owner", owner, default=f"{code}-owner")
    password = secrets.token_urlsafe(12)
    shop = NewShop(
        code=code,
        names={"en": name} | {language: name},
        currency=currency,
        time_zone=time_zone,
        branch=(slugify(branch)[:CODE_LONGEST] or "main", branch),
        programme=TEMPLATES[kind].programme(coin_minor(currency)),
    )
    try:
        open_shop(shop, owner, password)
    except ShopExistsError as error:
        raise UsageError(ask.say(f"{error.field}_taken", given=code if error.field == "code" else owner)) from error
    print(ask.say("done", name=name))
    with override(language):
        for sentence in programme_sentences(shop.programme, shop.currency):
            print(f"  {sentence}")
    print(ask.say("sign_in", username=owner))
    print(f"  {password}")
    print(ask.say("next"))


class _Questions:
    """Asks until the answer can be used; what was given as an option is refused at once where it cannot."""

    def __init__(self, language: str) -> None:
        self._language = language

    def say(self, text: str, **given: object) -> str:
        return TEXTS[self._language][text].format(**given)

    def text(self, question: str, given: str | None, default: str | None = None) -> str:
        return self._ask(question, given, self._fault_in_text, default)

    def code(self, question: str, given: str | None, default: str | None) -> str:
        return self._ask(question, given, self._fault_in_code, default)

    def kind(self, given: str | None) -> str:
        if given is None:
            for code, template in TEMPLATES.items():
                print(f"  {code:<11} {template.names[self._language]}")
        return self._ask("kind", given, self._fault_in_kind)

    def currency(self, given: str | None) -> str:
        return self._ask("currency", given, self._fault_in_currency).upper()

    def time_zone(self, given: str | None) -> str:
        return self._ask("time_zone", given, self._fault_in_time_zone)

    def _ask(self, question: str, given: str | None, fault_in: FaultIn, default: str | None = None) -> str:
        if given is not None:
            if fault := fault_in(given.strip()):
                raise UsageError(fault)
            return given.strip()
        while True:
            answer = str(typer.prompt(self.say(question), default=default)).strip()
            fault = fault_in(answer)
            if not fault:
                return answer
            print(fault)

    def _fault_in_text(self, answer: str) -> str:
        usable = 0 < len(answer) <= NAME_LONGEST and "\0" not in answer
        return "" if usable else self.say("text_unusable", most=NAME_LONGEST)

    def _fault_in_code(self, answer: str) -> str:
        usable = 0 < len(answer) <= CODE_LONGEST and answer == slugify(answer)
        return "" if usable else self.say("code_unusable", given=answer)

    def _fault_in_kind(self, answer: str) -> str:
        return "" if answer in TEMPLATES else self.say("kind_unknown", kinds=KINDS)

    def _fault_in_currency(self, answer: str) -> str:
        known = answer.upper() in Locale("en").currencies
        return "" if known else self.say("currency_unknown", given=answer)

    def _fault_in_time_zone(self, answer: str) -> str:
        return "" if answer in available_timezones() else self.say("time_zone_unknown", given=answer)
