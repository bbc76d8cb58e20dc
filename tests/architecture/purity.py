"""What the core may not do, found in its source: it is given values and answers with values, and knows no floats."""

from __future__ import annotations

import ast
from collections.abc import Iterator

PURE = frozenset(
    """
    abc bisect calendar collections dataclasses datetime decimal enum fractions functools hashlib heapq itertools json
    operator re string types typing uuid
    """.split()
)
"""The parts of the standard library that neither look at the world nor compute in floats. Add to them with thought."""

ASKS_THE_WORLD = frozenset(
    "now today utcnow fromtimestamp utcfromtimestamp localtime uuid1 uuid4 environ getenv".split()
)
GIVES_FLOATS = frozenset("timestamp total_seconds".split())
CALLS = frozenset("open print input eval exec compile __import__ breakpoint hash id round".split())


def impurities(source: str) -> list[str]:
    """Everything impure in a module, each as `line 3: ...`."""
    found = [(node.lineno, what) for node in ast.walk(ast.parse(source)) for what in _of(node)]  # type: ignore[attr-defined]
    return [f"line {line}: {what}" for line, what in sorted(found)]


def _of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (f"imports {name.name}" for name in names if not _may_import(name.name))
        case ast.ImportFrom(module=module, names=names):
            yield from _of_import_from(module or "", [name.name for name in names])
        case ast.Attribute(attr=attr) if attr in ASKS_THE_WORLD:
            yield f"asks for .{attr}"
        case ast.Attribute(attr=attr) if attr in GIVES_FLOATS:
            yield f".{attr} is a float"
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield f"calls {name}()"
        case ast.Name(id="float" | "complex" as name):
            yield f"names {name}"
        case ast.Constant(value=float() | complex() as value):
            yield f"the float {value}"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            yield "divides with /"
        case ast.BinOp(op=ast.Pow(), right=ast.UnaryOp(op=ast.USub())):
            yield "a negative power is a float"


def _of_import_from(module: str, names: list[str]) -> Iterator[str]:
    if not _may_import(module):
        yield f"imports {module}"
    elif module == "uuid" and names != ["UUID"]:
        yield f"imports {', '.join(names)} from uuid"
    elif module == "datetime" and "*" in names:
        yield "imports everything"


def _may_import(module: str) -> bool:
    return module.split(".")[0] in PURE or module == "wafa.core" or module.startswith("wafa.core.")
