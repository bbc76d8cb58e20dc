"""Clauses made into sentences that stand alone."""


def sentence(clause: str) -> str:
    """With a capital, where the script has them, and a full stop."""
    return f"{clause[:1].upper()}{clause[1:]}."
