"""Programmes to start from, by kind of shop. Another kind is another file, and a line here.

A template makes a programme's JSON out of the value of a coin in minor units (`coins`). It is a beginning: the shop
changes what it likes in its next version.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wafa.jobs.setup.templates import cafe, clothing, grocery, petrol, pharmacy, restaurant, salon


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of shop: its name by language, and its programme for a coin of so many minor units."""

    names: dict[str, str]
    programme: Callable[[int], dict[str, Any]]


TEMPLATES = {
    module.__name__.rpartition(".")[2]: Template(module.NAMES, module.programme)
    for module in (grocery, clothing, cafe, restaurant, salon, pharmacy, petrol)
}
