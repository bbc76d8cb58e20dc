"""Mappings: what can be declared, and what is said of one that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.mapping_file import load_mapping, shipped_mappings

MappingFile = Callable[..., Path]


def test_the_shipped_ones_can_be_read() -> None:
    assert "online-retail" in shipped_mappings()
    for name in shipped_mappings():
        assert load_mapping(name).name == name


def test_online_retail() -> None:
    mapping = load_mapping("online-retail")

    assert (mapping.source, mapping.enrol_unknown_members) == ("online-retail", True)
    assert (mapping.columns.number, mapping.columns.time) == ("InvoiceNo", ("InvoiceDate",))
    assert mapping.times.zone == ZoneInfo("Europe/London")
    assert (mapping.returns.prefix, mapping.returns.negative_quantities) == ("C", True)
    assert (mapping.branches.code_from_name, mapping.branches.open_unknown) == (True, True)


def test_what_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "least.toml"
    path.write_text(
        'source = "s"\n[branches]\nonly = "main"\n'
        '[columns]\nnumber = "N"\ntime = ["D", "T"]\nitem = "I"\nquantity = "Q"\nline_amount = "A"\n',
        "utf-8",
    )
    mapping = load_mapping(str(path))

    assert mapping.columns.time == ("D", "T")
    assert (mapping.delimiter, mapping.encoding, mapping.sheet) == (",", None, None)
    assert (mapping.times.formats, mapping.times.zone, mapping.times.calendar) == (("iso",), None, "gregorian")
    assert (mapping.figures.decimal_mark, mapping.figures.amounts_in) == (".", "major")
    assert (mapping.returns.told_by, mapping.enrol_unknown_members) == ("never", False)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('source = "till"', "", "“source” is missing"),
        ('source = "till"', "source = 7", "“source” must be a text in quotation marks"),
        ('source = "till"', 'source = " "', "“source” is empty"),
        ('source = "till"', f'source = "{"s" * 61}"', "“source” is longer than 60 characters"),
        ("enrol_unknown_members", "enroll_unknown_members", "did you mean “enrol_unknown_members”?"),
        ("enrol_unknown_members = true", 'enrol_unknown_members = "yes"', "must be true or false"),
        ('number = "Receipt"', "", "“columns.number” is missing"),
        ('item = "Item"', 'itm = "Item"\nitem = "Item"', "“columns.itm” is not a key that a mapping has"),
        ('time = "Time"', "time = []", "“columns.time” must be a text or a list of texts"),
        ('unit_price = "Price"', "", "“columns.unit_price” is missing (or give “line_amount”"),
        ('unit_price = "Price"', 'unit_price = "P"\nline_amount = "A"', "“columns.line_amount” and “unit_price”"),
        ('branch = "Branch"', "", "“branches.only” is missing"),
        ("open_unknown = true", 'only = "main"', "“branches.only” and “columns.branch” are both given"),
        ("open_unknown = true", 'code = "slug"', "“branches.code” is “slug”, but must be one of"),
        ('formats = ["%Y-%m-%d %H:%M"]', 'formats = ["YYYY-MM-DD"]', "which does not give a whole date"),
        ('zone = "Asia/Riyadh"', 'zone = "Riyadh"', "“time.zone” is no time zone that is known"),
        ('zone = "Asia/Riyadh"', 'calendar = "persian"', "“time.calendar” is “persian”, but must be one of"),
        ('prefix = "R"', "", "“returns.prefix” is missing, since “told_by” is “number_prefix”"),
        ('prefix = "R"', 'prefix = "R"\ncolumn = "Type"', "“returns.column” makes no sense"),
        ('told_by = "number_prefix"', 'told_by = "sign"', "“returns.prefix” makes no sense"),
        ("[branches]", '[figures]\ncurrency = "Riyal"\n[branches]', "three capital letters"),
        ("[branches]", '[figures]\ndecimal_mark = ";"\n[branches]', "“figures.decimal_mark” is “;”"),
        ("[branches]", '[file]\ndelimiter = "tab"\n[branches]', "“file.delimiter” must be one character"),
        ("[branches]", '[file]\nencoding = "arabic-1"\n[branches]', "“file.encoding” names an encoding"),
        ("enrol_unknown_members = true", "figures = 5", "“figures” must be a table"),
        ("[branches]", "[branches", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named(mapping_file: MappingFile, old: str, new: str, complaint: str) -> None:
    path = mapping_file((old, new))

    with pytest.raises(UsageError) as refused:
        load_mapping(str(path))
    assert complaint in str(refused.value)
    assert "till.toml" in str(refused.value)


def test_no_such_mapping(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no mapping “onlineretail”\. Shipped ones: online-retail"):
        load_mapping("onlineretail")
    with pytest.raises(UsageError, match=r"cannot be read: No such file"):
        load_mapping(str(tmp_path / "none.toml"))


def test_a_mapping_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "till.toml"
    path.write_text('source = "صندوق"', "cp1256")

    with pytest.raises(UsageError, match="is not UTF-8"):
        load_mapping(str(path))
