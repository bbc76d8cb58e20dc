"""The command line's commands: a module each, listed here.

A module holds one function, the command; its docstring is the help, its annotations are the arguments. When it runs,
the database is there and its tables are up to date. What the person can put right is raised as `errors.UsageError`.
"""

import typer


def register(app: typer.Typer) -> None:
    """Add every command, in the order in which the help shows them."""
    from wafa.jobs.commands.balances import balances
    from wafa.jobs.commands.clock import clock
    from wafa.jobs.commands.import_balances import import_balances
    from wafa.jobs.commands.import_items import import_items
    from wafa.jobs.commands.import_receipts import imports
    from wafa.jobs.commands.init import init
    from wafa.jobs.commands.keys import keys
    from wafa.jobs.commands.lots import lots
    from wafa.jobs.commands.private_networks import private_networks
    from wafa.jobs.commands.requalify import requalify
    from wafa.jobs.commands.rollforward import rollforward
    from wafa.jobs.commands.settle import settle
    from wafa.jobs.commands.statement import statement
    from wafa.jobs.commands.verify import verify

    imports.command("balances")(import_balances)
    imports.command("items")(import_items)
    app.command()(init)
    app.add_typer(imports, name="import")
    app.add_typer(keys, name="keys")
    app.command()(balances)
    app.command()(statement)
    app.command()(lots)
    app.command()(rollforward)
    app.command()(settle)
    app.command()(requalify)
    app.command()(verify)
    app.command()(clock)
    app.command()(private_networks)
