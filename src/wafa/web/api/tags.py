"""ETags: a change of what somebody else may have changed meanwhile names what it is a change of."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import orjson
from ninja.params.functions import Header

from wafa.web.api.problems import ProblemError

IF_MATCH: Any = Header(None, alias="If-Match", description="The ETag of what you have read, and change.")
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def tag_of(said: object) -> str:
    """The ETag of a thing, as a header says it."""
    return f'"{hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]}"'


def must_match(if_match: str | None, said: object) -> None:
    """Refuse a change that names nothing (428), or another state than there is now (412)."""
    if if_match is None:
        raise ProblemError(428, "precondition_required")
    if tag_of(said).strip('"') not in _TAG.findall(if_match):
        raise ProblemError(412, "precondition_failed")
