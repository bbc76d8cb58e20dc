"""Where, how, with what and by whom it was bought: one of those that are named."""

from __future__ import annotations

from tests.core.earning.trying import holds
from tests.core.scenarios import table


@table("""
    named               | branch | groups         | held
    olaya               | olaya  | -              | yes
    olaya               | malaz  | -              | no
    olaya malaz         | malaz  | -              | yes
    olaya               | Olaya  | -              | no          # codes are case-sensitive
    olaya               | -      | -              | no          # a receipt of no branch
    group:riyadh        | olaya  | riyadh         | yes
    group:riyadh        | olaya  | central riyadh | yes         # a branch may be in several
    group:riyadh        | corno  | jeddah         | no
    group:riyadh        | corno  | -              | no
    group:riyadh        | riyadh | -              | no          # a branch of that name is no group
    corno group:riyadh  | corno  | jeddah         | yes         # either of them
    corno group:riyadh  | olaya  | riyadh         | yes
    corno group:riyadh  | dhahr  | eastern        | no
""")
def test_branches_and_their_groups(named: str, branch: str, groups: str, held: str) -> None:
    told = {"branch": branch.strip("-")}
    if "group:" in named:
        told |= {"branch_groups": groups.strip("-").split()}
    assert holds({"kind": "branch", "of": named.split()}, **told) == held


@table("""
    named      | channel | held
    online     | online  | yes
    online     | store   | no
    online app | app     | yes
    online     | Online  | no
    online     | -       | no
""")
def test_channels(named: str, channel: str, held: str) -> None:
    assert holds({"kind": "channel", "of": named.split()}, channel=channel.strip("-")) == held


@table("""
    named   | currency | held
    SAR     | SAR      | yes
    SAR     | USD      | no
    SAR USD | USD      | yes
""")
def test_currencies(named: str, currency: str, held: str) -> None:
    assert holds({"kind": "currency", "of": named.split()}, currency=currency) == held


@table("""
    named     | paid              | held
    mada      | mada 1000         | yes
    mada      | cash 1000         | no
    mada      | cash 999, mada 1  | yes       # some of it is enough
    mada      | cash 1000, mada 0 | no        # nothing is not
    mada visa | visa 1000         | yes
    mada      |                   | no        # nobody said how
""")
def test_payments(named: str, paid: str, held: str) -> None:
    payments = {method: int(minor) for method, minor in (part.split() for part in paid.split(", ") if part)}
    assert holds({"kind": "payment", "of": named.split()}, payments=payments) == held


@table("""
    named       | there         | held
    staff       | staff         | yes
    staff       | vip staff     | yes
    staff press | vip press     | yes
    staff       | vip           | no
    staff       |               | no
    staff       | Staff         | no
""")
def test_tags_of_the_receipt_and_of_the_member(named: str, there: str, held: str) -> None:
    assert holds({"kind": "tag", "of": named.split()}, tags=there.split()) == held
    assert holds({"kind": "member_tag", "of": named.split()}, member_tags=there.split()) == held


@table("""
    named       | before | held
    gold        | gold   | yes
    gold        | silver | no
    silver gold | silver | yes
    silver gold | bronze | no
""")
def test_tiers_held_before_the_receipt(named: str, before: str, held: str) -> None:
    assert holds({"kind": "tier", "of": named.split()}, before=before) == held
