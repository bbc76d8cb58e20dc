"""Commands as a person types them."""

from __future__ import annotations

import typer
from typer.testing import CliRunner

from tests.world import World
from wafa.jobs.commands import register


def typed(world: World, *arguments: str, status: int = 0) -> str:
    """What a command prints about a merchant; raises what it complains of."""
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, [*arguments, "--merchant", world.merchant.code])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.stdout


def cells(printed: str) -> list[list[str]]:
    """The cells of a printed table, row by row; its heading first."""
    rows = [line for line in printed.splitlines() if line[:1] in "│┃"]
    return [[cell.strip() for cell in row.replace("┃", "│").strip("│").split("│")] for row in rows]
