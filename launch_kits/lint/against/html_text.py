"""The text that a browser shows of an HTML file, with the lines of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from launch_kits.lint.against.texts import PlacedText

__all__ = ["parts_of_html"]

#: elements whose text goes on in the sentence around them; all others part it
_INLINE = frozenset(
    """
    a abbr b bdi bdo cite code data dfn em font i ins kbd mark q s samp small span strong
    sub time u var wbr
    """.split()  # noqa: SIM905  a list would have a line for each word
)
#: elements without text for readers; raised numbers are those of footnotes
_UNREAD = frozenset({"script", "style", "template", "noscript", "svg", "sup", "head"})
#: elements without an end
_VOID = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    """.split()  # noqa: SIM905
)


def parts_of_html(html: str) -> Sequence[PlacedText]:
    """The paragraphs, headings, cells and items of an HTML file, each with its line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.part()
    return reader.parts


class _Reader(HTMLParser):
    """Collects the texts of a file."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[PlacedText] = []
        self._pieces: list[str] = []
        self._line = 1
        #: the open elements whose text is not read
        self._unread: list[str] = []

    def part(self) -> None:
        """End a part."""
        text = " ".join("".join(self._pieces).split())
        if text:
            self.parts.append(PlacedText(f"line {self._line}", text))
        self._pieces = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hidden = any(name == "hidden" for name, _ in attrs)
        if self._unread or tag in _UNREAD or hidden:
            if tag not in _VOID:
                self._unread.append(tag)
        elif tag not in _INLINE:
            self.part()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            # an element that was not ended ends with the one around it
            while self._unread.pop() != tag:
                pass
        elif not self._unread and tag not in _INLINE:
            self.part()

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        if not self._pieces and data.strip():
            blank = data[: len(data) - len(data.lstrip())]
            self._line = self.getpos()[0] + blank.count("\n")
        if self._pieces or data.strip():
            self._pieces.append(data)
