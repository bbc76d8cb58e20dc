"""Tables on a terminal, or in a file."""

import sys

from rich.console import Console
from rich.table import Table

WIDE = 250


def print_table(table: Table) -> None:
    """Print a table. What goes to a file or another program is never cut to the width of some terminal."""
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
