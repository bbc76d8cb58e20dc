"""A page as somebody reads it: the words of its main part in their order, without the markup."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_SKIPPED = {"script", "style", "svg", "noscript", "select"}
_VOID = {"input", "meta", "link", "br", "img"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self._inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "main" in self._inside and not _SKIPPED & set(self._inside):
            self.words += data.split()


def said(html: str) -> str:
    """The words, one space apart; marks that only steer direction are left out."""
    reader = _Words()
    reader.feed(html)
    assert reader.words, "a page without a main part"
    return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", unescape(" ".join(reader.words)).replace("\u00a0", " "))
