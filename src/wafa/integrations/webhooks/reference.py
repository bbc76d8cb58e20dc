"""The page of the documentation that tells every kind of event. Run as a module, this prints it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from wafa.integrations.webhooks.schemas import MEANINGS, example, schema

HEAD = """\
# Events

What happens at a merchant stands in the merchant's log of events, in numbered order, and is told to its webhooks:
see [Webhooks](../guides/webhooks.md) for how messages are signed and delivered. This page is made of
`src/wafa/integrations/webhooks/schemas.py`, and the tests hold real events against it.

A message is a JSON object of three members:

| | |
|---|---|
| `type` | the kind of event |
| `timestamp` | when it happened, by the merchant's clock, in UTC |
| `data` | what happened, and where in the log and in its wallet's order it stands |

A member has one wallet for points, and one for each other unit. In a wallet, `wallet_sequence` tells the order of what
happened, whatever the order in which messages arrive; in the merchant's log `number` does. A movement and the change of
tier that it caused share a `wallet_sequence`; the change of tier has the larger `number`.
"""


def page() -> str:
    """All of it, as Markdown."""
    return "\n".join([HEAD, *_index(), *(part for kind in MEANINGS for part in _kind(kind))])


def _index() -> Iterator[str]:
    yield "| kind | |"
    yield "|---|---|"
    for kind, meaning in MEANINGS.items():
        yield f"| [`{kind}`](#{kind.lower()}) | {meaning} |"
    yield ""


def _kind(kind: str) -> Iterator[str]:
    yield f"## {kind}\n"
    yield f"{MEANINGS[kind]}\n"
    yield "| `data` | | |"
    yield "|---|---|---|"
    yield from _members(schema(kind)["properties"]["data"]["properties"])
    yield f"\n```json\n{json.dumps(example(kind), indent=2)}\n```\n"
    yield "<details><summary>JSON Schema</summary>\n"
    yield f"```json\n{json.dumps(schema(kind), indent=2)}\n```\n"
    yield "</details>\n"


def _members(properties: dict[str, Any], of: str = "") -> Iterator[str]:
    for name, told in properties.items():
        yield f"| `{of}{name}` | {_type(told)} | {told.get('description', '')} |"
        yield from _members(told.get("properties", {}), f"{of}{name}.")


def _type(told: dict[str, Any]) -> str:
    kinds = told["type"] if isinstance(told["type"], list) else [told["type"]]
    return " or ".join("UUID" if kind == "string" and told.get("format") == "uuid" else kind for kind in kinds)


if __name__ == "__main__":
    sys.stdout.write(page())
