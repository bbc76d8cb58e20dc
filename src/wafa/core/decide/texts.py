"""Which texts a database can keep."""

NAME_LONGEST, PERIOD_LONGEST, DESCRIPTION_LONGEST = 60, 20, 200


def is_usable(text: str, longest: int) -> bool:
    """Not too long, no NUL, and no half of a character that UTF-8 cannot write."""
    if len(text) > longest or "\0" in text:
        return False
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
