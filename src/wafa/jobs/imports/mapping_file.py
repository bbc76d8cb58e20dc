"""Reading a mapping file, and saying what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.mapping import Branches, Columns, Figures, Mapping, Returns, Times
from wafa.jobs.imports.times import GREGORIAN, ISO, JALALI, gives_a_date
from wafa.jobs.imports.toml_table import TomlTable

TOLD_BY = ("number_prefix", "column", "sign", "never")
AMOUNTS_IN = ("major", "minor", "toman")
SOURCE_LENGTH_MAX = 60
BRANCH_LENGTH_MAX = 60


def shipped_mappings() -> list[str]:
    """Names of the mappings that come with Wafa."""
    return sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml"))


def load_mapping(name: str) -> Mapping:
    """A shipped mapping by its name, or a file of one's own by its path (ending in .toml)."""
    if name.endswith(".toml"):
        file: Traversable = Path(name)
    elif name in shipped_mappings():
        file = _folder() / f"{name}.toml"
    else:
        message = _(
            "There is no mapping “{name}”. Shipped ones: {names}. Your own is named by its path, ending in .toml."
        )
        raise UsageError(message.format(name=name, names=", ".join(shipped_mappings())))
    try:
        values = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(
            _("The mapping {file} cannot be read: {why}.").format(file=name, why=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(_("The mapping {file} is not UTF-8; save it as UTF-8.").format(file=name)) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_("The mapping {file} is not TOML: {why}.").format(file=name, why=error)) from error
    return _mapping(TomlTable(values, file.name), Path(file.name).stem)


def _folder() -> Traversable:
    return resources.files("wafa.jobs.imports") / "mappings"


def _mapping(top: TomlTable, name: str) -> Mapping:
    file = top.table("file")
    returns = _returns(top.table("returns"))
    mapping = Mapping(
        name=name,
        source=top.text("source"),
        enrol_unknown_members=top.flag("enrol_unknown_members", otherwise=False),
        encoding=_encoding(file),
        delimiter=file.character("delimiter", otherwise=","),
        sheet=file.text_or_none("sheet"),
        columns=_columns(top.table("columns")),
        times=_times(top.table("time")),
        figures=_figures(top.table("figures")),
        returns=returns,
        branches=_branches(top.table("branches"), has_column=top.table("columns").has("branch")),
    )
    file.close()
    top.close()
    if len(mapping.source) > SOURCE_LENGTH_MAX:
        raise top.problem("source", _("is longer than {most} characters").format(most=SOURCE_LENGTH_MAX))
    return mapping


def _encoding(table: TomlTable) -> str | None:
    name = table.text_or_none("encoding")
    if name is not None:
        try:
            "".encode(name)
        except LookupError as error:
            raise table.problem("encoding", _("names an encoding that is not known")) from error
    return name


def _columns(table: TomlTable) -> Columns:
    times = table.texts("time")
    if not times:
        raise table.problem("time", _("is missing"))
    columns = Columns(
        number=table.text("number"),
        time=times,
        item=table.text("item"),
        quantity=table.text("quantity"),
        unit_price=table.text_or_none("unit_price"),
        line_amount=table.text_or_none("line_amount"),
        description=table.text_or_none("description"),
        member=table.text_or_none("member"),
        branch=table.text_or_none("branch"),
        currency=table.text_or_none("currency"),
        period=table.text_or_none("period"),
        channel=table.text_or_none("channel"),
        receipt=table.text_or_none("receipt"),
        receipt_period=table.text_or_none("receipt_period"),
    )
    table.close()
    if columns.unit_price is None and columns.line_amount is None:
        raise table.problem("unit_price", _("is missing (or give “line_amount”, the amount of the whole line)"))
    if columns.unit_price is not None and columns.line_amount is not None:
        raise table.problem("line_amount", _("and “unit_price” are both given; give one of them"))
    if columns.receipt_period is not None and columns.receipt is None:
        raise table.problem("receipt_period", _("makes sense only together with “receipt”"))
    return columns


def _times(table: TomlTable) -> Times:
    formats = table.texts("formats") or (ISO,)
    calendar = table.choice("calendar", (GREGORIAN, JALALI), otherwise=GREGORIAN)
    zone_name = table.text_or_none("zone")
    table.close()
    for form in formats:
        if not gives_a_date(form, calendar):
            raise table.problem("formats", _("has “{form}”, which does not give a whole date").format(form=form))
    try:
        zone = ZoneInfo(zone_name) if zone_name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise table.problem("zone", _("is no time zone that is known (one is called “Asia/Riyadh”)")) from error
    return Times(formats, zone, calendar)


def _figures(table: TomlTable) -> Figures:
    figures = Figures(
        decimal_mark=table.choice("decimal_mark", (".", ","), otherwise="."),
        amounts_in=table.choice("amounts_in", AMOUNTS_IN, otherwise="major"),
        currency=table.text_or_none("currency"),
    )
    table.close()
    if figures.currency is not None and not re.fullmatch(r"[A-Z]{3}", figures.currency):
        raise table.problem("currency", _("must be the three capital letters of a currency, e.g. “SAR”"))
    return figures


def _returns(table: TomlTable) -> Returns:
    told_by = table.choice("told_by", TOLD_BY, otherwise="never")
    returns = Returns(
        told_by=told_by,
        prefix=table.text_or_none("prefix"),
        column=table.text_or_none("column"),
        values=table.texts("values"),
        negative_quantities=table.choice("quantities", ("positive", "negative"), otherwise="positive") == "negative",
    )
    table.close()
    needed = {"number_prefix": ["prefix"], "column": ["column", "values"]}.get(told_by, [])
    for key in ("prefix", "column", "values"):
        if key in needed and not table.has(key):
            raise table.problem(key, _("is missing, since “told_by” is “{told_by}”").format(told_by=told_by))
        if key not in needed and table.has(key):
            raise table.problem(key, _("makes no sense where “told_by” is “{told_by}”").format(told_by=told_by))
    if told_by == "sign" and table.has("quantities"):
        raise table.problem("quantities", _("makes no sense where “told_by” is “{told_by}”").format(told_by=told_by))
    return returns


def _branches(table: TomlTable, has_column: bool) -> Branches:
    branches = Branches(
        code_from_name=table.choice("code", ("as_written", "from_name"), otherwise="as_written") == "from_name",
        only=table.text_or_none("only"),
        open_unknown=table.flag("open_unknown", otherwise=False),
    )
    table.close()
    if branches.only is None and not has_column:
        raise table.problem("only", _("is missing: name the one branch, or the column “columns.branch”"))
    if branches.only is not None and has_column:
        raise table.problem("only", _("and “columns.branch” are both given; give one of them"))
    if branches.only is not None and len(branches.only) > BRANCH_LENGTH_MAX:
        raise table.problem("only", _("is longer than {most} characters").format(most=BRANCH_LENGTH_MAX))
    return branches
