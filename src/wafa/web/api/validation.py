"""What pydantic finds wrong with a body, as the path of each field, a code, and a sentence for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wafa.web.api.problems import ProblemError
from wafa.wording.api import fault

ERRORS_MOST = 20
"""More do not help anybody to mend the first ones."""

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "int_type": "not_whole",
    "int_parsing": "not_whole",
    "int_from_float": "not_whole",
    "int_parsing_size": "not_whole",
    "string_type": "not_text",
    "string_unicode": "text_not_usable",
    "bool_type": "not_yes_or_no",
    "bool_parsing": "not_yes_or_no",
    "list_type": "not_a_list",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "uuid_parsing": "not_an_id",
    "uuid_type": "not_an_id",
}
_FIGURES = {"max_length": "most", "le": "most", "ge": "least", "expected": "choices"}


def not_valid(errors: Sequence[Mapping[str, Any]], skip: int = 0) -> ProblemError:
    """The problem that tells all faults of a body; `skip` steps of each path are not the body's own."""
    told = [_told(error, skip) for error in errors[:ERRORS_MOST]]
    return ProblemError(422, "body_not_valid", path=told[0]["path"] if told else "", errors=told)


def _told(error: Mapping[str, Any], skip: int) -> dict[str, str]:
    context = error.get("ctx") or {}
    code = str(context.get("code") or _CODES.get(str(error["type"]), "not_valid"))
    figures = {_FIGURES[name]: value for name, value in context.items() if name in _FIGURES}
    path = ".".join(str(step) for step in error["loc"][skip:])
    return {"path": path, "code": code, "detail": fault(code, figures | context)}
