"""Rules in words: what a programme says, what changes in it, what is wrong with it, why a rule gave nothing."""

from wafa.wording.rules.ahead import ahead
from wafa.wording.rules.changes import changes
from wafa.wording.rules.conditions import clause, condition_sentence
from wafa.wording.rules.faults import problem
from wafa.wording.rules.missed import missed
from wafa.wording.rules.near import near
from wafa.wording.rules.programme import programme_sentences
from wafa.wording.rules.rule import rule_sentence
from wafa.wording.rules.terms import Terms

__all__ = [
    "Terms",
    "ahead",
    "changes",
    "clause",
    "condition_sentence",
    "missed",
    "near",
    "problem",
    "programme_sentences",
    "rule_sentence",
]
