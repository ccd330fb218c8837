"""Pictures in SVG: only shapes, without scripts and without references to other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

__all__ = ["svg_fault"]

_SVG = "http://www.w3.org/2000/svg"
#: namespaces of drawing programs, whose elements and attributes draw nothing
_NOTES = (
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
#: elements that draw or describe; scripts, animations, links and foreign content are others
_ELEMENTS = frozenset(
    {
        *(
            "svg",
            "g",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
        ),
        *(
            "text",
            "tspan",
            "defs",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
        ),
        *(
            "mask",
            "pattern",
            "marker",
            "use",
            "symbol",
            "title",
            "desc",
            "metadata",
            "style",
        ),
    }
)
#: elements of one picture; a logo has some dozens
_MOST_ELEMENTS = 5_000
#: levels of elements within others
_MOST_LEVELS = 50
#: uses of other parts, which multiply each other
_MOST_USES = 100
#: elements and uses within each other, from the picture to a shape
_DEEPEST = 200
_TOO_COMPLEX = "is too complex for a document; simplify it, or save it as PNG"


def svg_fault(data: bytes) -> str | None:
    """The fault and remedy of a picture that is not a plain SVG, or None.

    A plain one has no script, no event, no animation, no document type, and refers to its own
    parts only. Nothing that it names is read.
    """
    try:
        # as text: in another encoding a document type would not be seen
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is not UTF-8; save it as plain SVG"
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        return "has a document type; save it as plain SVG"
    if re.search(r"<\?(?!xml\s)", text):
        return "has a processing instruction; save it as plain SVG"
    try:
        root = ET.fromstring(text)  # noqa: S314  no document type, so no entity
    except (ET.ParseError, ValueError):
        return "is not SVG that can be read; export it again"
    if root.tag != f"{{{_SVG}}}svg":
        return "is not SVG; its first element must be <svg>"
    found = next(_faults(root), None)
    return found or (_TOO_COMPLEX if _drawn(root) > _MOST_ELEMENTS else None)


def _drawn(root: ET.Element) -> int:
    """The elements that are drawn if each use draws its target, as far as that is bounded."""
    named = {each.get("id"): each for each in root.iter()}
    known: dict[ET.Element, int] = {}

    def count(element: ET.Element, level: int) -> int:
        if element in known:
            return known[element]
        if level > _DEEPEST:
            return _MOST_ELEMENTS + 1
        # one that uses itself is too complex, until it is known
        known[element] = _MOST_ELEMENTS + 1
        found = 1 + sum(count(inner, level + 1) for inner in element)
        for full, value in element.attrib.items():
            target = named.get(value.strip().removeprefix("#"))
            if full.rpartition("}")[2] == "href" and target is not None:
                found += count(target, level + 1)
        known[element] = found
        return found

    return count(root, 1)


def _faults(root: ET.Element) -> Iterator[str]:
    ahead = [(root, 1)]
    count = uses = 0
    while ahead:
        element, level = ahead.pop()
        count += 1
        space, _, name = str(element.tag).rpartition("}")
        uses += name == "use"
        if count > _MOST_ELEMENTS or level > _MOST_LEVELS or uses > _MOST_USES:
            yield _TOO_COMPLEX
            return
        if space == f"{{{_SVG}":
            if name not in _ELEMENTS:
                yield f"has <{name}>, which documents do not take; remove it"
        elif space.removeprefix("{") not in _NOTES:
            yield f"has <{name}> of another language; save it as plain SVG"
        yield from _attribute_faults(element)
        if name == "style":
            yield from _style_faults(element.text or "")
        ahead += [(inner, level + 1) for inner in element]


def _attribute_faults(element: ET.Element) -> Iterator[str]:
    for full, value in element.attrib.items():
        name = full.rpartition("}")[2].lower()
        if name.startswith("on"):
            yield f"has a script in `{name}`; remove it"
        elif name in ("href", "src") and not value.strip().startswith("#"):
            yield "refers to another file or page; put everything into the one file"
        else:
            yield from _style_faults(value)


def _style_faults(text: str) -> Iterator[str]:
    """Faults of a style or a value: references, and escapes that hide them."""
    lower = text.lower()
    if "@import" in lower or "expression(" in lower or "javascript:" in lower:
        yield "has a style that reads or runs something; save it as plain SVG"
    for target in re.findall(r"url\(\s*[\"']?\s*(.?)", lower):
        if target != "#":
            yield "refers to another file or page; put everything into the one file"
    if "\\" in text:
        yield "has a backslash in a style; save it as plain SVG"
