"""Budgets of rules: what was given, and what is left in slices, are together what the programme allows."""

from django.db.models import Sum

from wafa.queries.verify.findings import Check
from wafa.store.budgets import budgets_of, given_of
from wafa.store.models import BudgetSlice, Merchant


def check_budgets(merchant: Merchant) -> Check:
    """Of each rule with a budget. A version may allow less than was given before it: then nothing is left."""
    check = Check("budgets of rules, against what they gave")
    budgets, given = budgets_of(merchant.id), given_of(merchant.id)
    slices = BudgetSlice.objects.of(merchant).values_list("rule").annotate(points=Sum("left"))
    left = dict(slices)
    for rule in sorted(budgets.keys() | left.keys()):
        check.looked_at += 1
        should_be = max(0, budgets.get(rule, 0) - given.get(rule, 0))
        check.expect(f"budget of {rule}", "points left", left.get(rule, 0), should_be)
    return check
