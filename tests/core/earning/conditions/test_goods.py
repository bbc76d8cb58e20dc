"""What is on the receipt: some goods, enough of them, and several together."""

from __future__ import annotations

from tests.core.earning.evaluating import facts
from tests.core.earning.trying import fixed, holds, knowing, labelled, sold
from tests.core.programmes import Json, programme
from tests.core.scenarios import table
from tests.core.telling import awards_told

COFFEE = {"items": ["COFFEE"]}
CAKE = {"items": ["CAKE"]}
EITHER = {"items": ["COFFEE", "TEA"]}
TWO = {"kind": "items", "lines": EITHER, "quantity": "2"}
WORTH_5 = {"kind": "items", "lines": EITHER, "amount_minor": 500}
BOTH = {"kind": "items", "lines": EITHER, "quantity": "2", "amount_minor": 500}


def bundle(*parts: Json) -> Json:
    """One of each of these."""
    return {"kind": "bundle", "of": list(parts)}


@table("""
    receipt                     | held
    COFFEE 3.00                 | yes
    TEA 3.00                    | yes
    CAKE 3.00                   | no
    CAKE 3.00, COFFEE×0.1 3.00  | yes        # any of it
    CAKE 3.00, COFFEE 0.00      | yes        # a price of 0 is a sale
    coffee 3.00                 | no
    -                           | no
""")
def test_something_of_it_is_bought(receipt: str, held: str) -> None:
    assert holds({"kind": "items", "lines": EITHER}, receipt) == held


@table("""
    receipt                      | two | worth_5 | both
    COFFEE 3.00                  | no  | no      | no
    COFFEE×1.999 4.99            | no  | no      | no
    COFFEE×2 4.99                | yes | no      | no
    COFFEE×2 0.00                | yes | no      | no       # given away is bought too
    COFFEE 5.00                  | no  | yes     | no
    COFFEE×2 5.00                | yes | yes     | yes
    COFFEE 2.50, TEA 2.50        | yes | yes     | yes      # all such lines together
    COFFEE×2 4.99, CAKE 9.00     | yes | no      | no       # no others
    CAKE×9 9.00                  | no  | no      | no
    -                            | no  | no      | no
""")
def test_enough_of_it(receipt: str, two: str, worth_5: str, both: str) -> None:
    assert holds(TWO, receipt) == two
    assert holds(WORTH_5, receipt) == worth_5
    assert holds(BOTH, receipt) == both


@table("""
    receipt                  | held
    COFFEE 3.00              | no
    CAKE 3.00                | no
    COFFEE 3.00, CAKE 3.00   | yes
    CAKE 3.00, COFFEE 3.00   | yes
    CAKE 3.00, TEA 3.00      | no
    CAKE×2 3.00              | no
    COFFEE×0.5 3.00, CAKE 3.00 | yes      # half of one is one of it
    -                        | no
""")
def test_coffee_and_cake_together(receipt: str, held: str) -> None:
    assert holds(bundle(COFFEE, CAKE), receipt) == held


@table("""
    receipt                     | two_drinks | two_and_a_coffee
    COFFEE 3.00                 | no         | no             # one unit is not two parts
    COFFEE×2 3.00               | yes        | no             # two units of one line are
    COFFEE×1.999 3.00           | no         | no
    COFFEE 3.00, COFFEE 3.00    | yes        | no             # so are two lines
    COFFEE 3.00, TEA 3.00       | yes        | no
    COFFEE×3 3.00               | yes        | yes
    TEA×2 3.00, COFFEE 3.00     | yes        | yes
    COFFEE 3.00, TEA×2 3.00     | yes        | yes            # the coffee is left for the part that wants it
    COFFEE×2 3.00, TEA 3.00     | yes        | yes
    TEA×3 3.00                  | yes        | no
""")
def test_every_part_has_a_unit_of_its_own(receipt: str, two_drinks: str, two_and_a_coffee: str) -> None:
    assert holds(bundle(EITHER, EITHER), receipt) == two_drinks
    assert holds(bundle(EITHER, EITHER, COFFEE), receipt) == two_and_a_coffee
    assert holds(bundle(COFFEE, EITHER, EITHER), receipt) == two_and_a_coffee


@table("""
    receipt                | held
    A 1.00, B 1.00, C 1.00 | yes       # A for the third, then B for the second, C for the first
    A 1.00, B 1.00, D 1.00 | no
    A×3 1.00               | yes
    A 1.00, B×2 1.00       | yes
    A×2 1.00, C 1.00       | yes
""")
def test_parts_make_room_for_one_another(receipt: str, held: str) -> None:
    narrower = bundle({"items": ["A", "B", "C"]}, {"items": ["A", "B"]}, {"items": ["A"]})
    wider = bundle({"items": ["A"]}, {"items": ["A", "B"]}, {"items": ["A", "B", "C"]})
    assert holds(narrower, receipt) == holds(wider, receipt) == held


@table("""
    receipt                          | held
    LATTE 3.00, CAKE 3.00            | yes
    LATTE 3.00, TEA 3.00             | no
    LATTE 3.00, BUN 3.00 saved 1.00  | no        # not reduced
    LATTE 3.00, BUN 3.00             | yes
""")
def test_bundles_and_goods_by_their_labels(receipt: str, held: str) -> None:
    shelf = {"LATTE": ["category:coffee", "category:drinks"], "CAKE": ["category:baked"], "BUN": ["category:baked"]}
    together = bundle({"categories": ["coffee"]}, {"categories": ["baked"], "discounted": False})
    under = programme(fixed(when=together))
    assert holds(together, receipt, labels=labelled(under, receipt, shelf)) == held


@table("""
    receipt               | gives
    COFFEE 3.00, A 1.00   | visit 10      # an excluded item is on the receipt too
    COFFEE 3.00           | -             # but it earns nothing
    A 1.00                | -
""")
def test_excluded_goods_are_on_the_receipt(receipt: str, gives: str) -> None:
    under = programme(fixed(when={"kind": "items", "lines": COFFEE}), items=["COFFEE"])
    assert awards_told(under.evaluate(knowing(facts()), sold(receipt))) == gives
