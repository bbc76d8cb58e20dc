"""What holds of every evaluation, whatever the rules, the receipt and the facts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.core.programmes import Json, rule
from tests.properties.earning_programmes import bodies, contexts, receipts
from wafa.core.earning.reading import Award, Facts, ReceiptLine
from wafa.core.earning.rule_index import WORTH_IT
from wafa.core.ledger.wallet import POINTS
from wafa.core.programme import Programme, ProgrammeInvalidError

searched = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
)
Tried = tuple[Json, Programme, Facts, list[ReceiptLine]]


@st.composite
def tried(draw: st.DrawFn, **sizes: int) -> Tried:
    """A programme that can be, a receipt, and the facts that the programme reads of it."""
    written = draw(bodies(**sizes))
    under = read(written)
    receipt = draw(receipts)
    return written, under, draw(contexts(under, receipt)), receipt


def read(written: Json) -> Programme:
    """The programme; one that can never hold, or whose rules cannot stand together, is no example."""
    try:
        return Programme.read(written)
    except ProgrammeInvalidError as invalid:
        assume({code for _, code in invalid.problems} - {"never_holds"})
        raise


def by_rule(awards: list[Award]) -> dict[str, Award]:
    """Each award by its rule."""
    return {award.rule: award for award in awards}


@searched
@given(tried())
def test_there_is_one_award_a_rule_and_none_of_nothing(example: Tried) -> None:
    _, under, facts, receipt = example
    awards = under.evaluate(facts, receipt)
    assert all(award.points > 0 for award in awards)
    order = [each.code for each in under.rules]
    assert [award.rule for award in awards] == sorted({award.rule for award in awards}, key=order.index)
    kinds = {each.code: (each.kind, each.unit, each.qualifying) for each in under.rules}
    assert all((award.kind, award.unit, award.qualifying) == kinds[award.rule] for award in awards)


@searched
@given(tried())
def test_nothing_that_limits_a_rule_is_overrun(example: Tried) -> None:
    _, under, facts, receipt = example
    rules = {each.code: each for each in under.rules}
    for award in under.evaluate(facts, receipt):
        of = rules[award.rule]
        room = [facts.headroom[each.key] for each in of.allowances()]
        room += [facts.headroom[of.budget_key()]] if of.budget is not None else []
        room += [of.per_receipt.most] if of.per_receipt and of.per_receipt.most is not None else []
        assert award.points <= min(room, default=award.points)


@searched
@given(tried())
def test_nothing_that_limits_all_rules_is_overrun(example: Tried) -> None:
    _, under, facts, receipt = example
    awards = under.evaluate(facts, receipt)
    total = sum(award.points for award in awards if award.unit == POINTS)
    most = under.limits.per_receipt.most
    assert most is None or total <= most
    assert all(total <= facts.headroom[each.key] for each in under.limits.allowances())
    groups = Counter(each.group for each in under.rules if each.group and each.code in by_rule(awards))
    assert set(groups.values()) <= {1}


@searched
@given(tried(), st.data())
def test_a_rule_moves_others_only_by_its_group_and_by_the_limits(example: Tried, data: st.DataObject) -> None:
    written, _, facts, receipt = example
    others = [each for each in written["rules"] if each["code"] != "base"]
    assume(others)
    left_out = data.draw(st.sampled_from(others))
    without = read({name: value for name, value in written.items() if name != "limits"})
    fewer = read(
        {name: value for name, value in written.items() if name != "limits"}
        | {"rules": [each for each in written["rules"] if each["code"] != left_out["code"]]}
    )
    group = left_out.get("group")
    shared = {each["code"] for each in written["rules"] if group and each.get("group") == group} | {left_out["code"]}
    assert [award for award in without.evaluate(facts, receipt) if award.rule not in shared] == [
        award for award in fewer.evaluate(facts, receipt) if award.rule not in shared
    ]


@searched
@given(tried(), st.randoms(use_true_random=False))
def test_the_order_in_which_rules_are_listed_is_of_no_account(example: Tried, chance: Any) -> None:
    written, under, facts, receipt = example
    shuffled = list(written["rules"])
    chance.shuffle(shuffled)
    awards = read(written | {"rules": shuffled}).evaluate(facts, receipt)
    assert by_rule(awards) == by_rule(under.evaluate(facts, receipt))


@searched
@given(tried(least=WORTH_IT, most=WORTH_IT + 4))
def test_the_index_is_only_an_optimisation(example: Tried) -> None:
    written, under, facts, receipt = example
    plain = read(written)
    assert plain.book._index is not None
    plain.book._index = None
    assert plain.evaluate(facts, receipt) == under.evaluate(facts, receipt)
    assert plain.explain(facts, receipt) == under.explain(facts, receipt)


@searched
@given(tried())
def test_a_trial_says_what_evaluation_gives_and_of_every_rule_one_thing(example: Tried) -> None:
    _, under, facts, receipt = example
    judged = under.explain(facts, receipt)
    assert [each.award for each in judged if each.award] == under.evaluate(facts, receipt)
    assert [(each.rule, each.kind) for each in judged] == [(each.code, each.kind) for each in under.rules]
    assert all((each.award is None) != (each.missed is None) for each in judged)
    assert all(each.near.missing > 0 and each.near.figures["points"] > 0 for each in judged if each.near)


@searched
@given(tried())
def test_evaluated_again_it_gives_the_same_and_nothing_more_is_taken_back(example: Tried) -> None:
    _, under, facts, receipt = example
    awards = under.evaluate(facts, receipt)
    assert under.evaluate(Facts.from_json(facts.as_json()), list(receipt)) == awards
    assert under.evaluate(facts, receipt, {award.rule for award in awards}) == awards


@searched
@given(tried())
def test_a_rule_that_gives_nothing_at_all_moves_nothing(example: Tried) -> None:
    written, under, facts, receipt = example
    idle = rule("fixed", "idle", points=5, when={"kind": "items", "lines": {"items": ["nowhere"]}}, priority=-9)
    awards = read(written | {"rules": [idle, *written["rules"]]}).evaluate(facts, receipt)
    assert awards == under.evaluate(facts, receipt)
