"""Hostile inputs, made from real ones.

A node, a key, a line or a byte of them is replaced by something unexpected.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import yaml
from hypothesis import strategies as st

__all__ = [
    "OTHERS",
    "TEXTS",
    "any_values",
    "changed",
    "json_texts",
    "mangled",
    "texts",
    "yaml_texts",
]

Path = tuple[str | int, ...]

#: texts that are something else to somebody: a template, a shell, a terminal, a browser, a
#: spreadsheet, a database
TEXTS = [
    "", " ", "\t", "\n", "\r\n", "\u2028", "\u00a0", "0", "-0", "null", "true", "NaN", ".inf",
    "~", "*", "&", "!", "{{ product }}", "{{ item.name }}", "{{ item.__class__ }}",
    "{{ item.parse_raw }}", "{{ 7 * 7 }}", "{{", "{% for a in range(10**9) %}{% endfor %}",
    "{% include '/etc/passwd' %}", "{# x", "{{ ''.__class__.__mro__ }}",
    "{{ item.name | attr('x') }}", "{{ self }}", "{{ cycler }}", "{{ product ~ item }}",
    "{{product}}{{product}}", "%s%n", "{0.__class__}", "${jndi:ldap://127.0.0.1/a}", "$(id)",
    "`id`", "; DROP TABLE launch;--", "' OR 1=1", "=1+1", "@SUM(A1)", "+1", "-1",
    '=HYPERLINK("http://x.example")', "<script>alert(1)</script>", "<img src=x>",
    "[a](javascript:alert(1))", "![x](file:///etc/passwd)", "<!channel>", "<@U1>",
    "<https://x.y|z>", "&lt;", "```", "# h", "- [ ] x", "[^1]", "[^1]: x", "|a|b|\n|-|-|", "***",
    "---", "~~~", "<!--", "]]>", "\\", "\\u0000", "../../etc/passwd", "/etc/passwd", "/dev/zero",
    "file:///etc/passwd", "C:\\con", "kit.yaml\x00.txt", "~root", "a/" * 200, "x" * 300 + ".yaml",
    "..", ".", "--help", "-", "con", "__init__.py", "os/path", "tzdata/../x",
    "https://x.example/?a=b&c=d", "javascript:alert(1)", "data:text/html,x", "http://[",
    "http://[::1", "//", "ftp:", "http://\u0130.example", "https://user:pass@x.example",
    "mailto:a@b.example", "https://x.example/" + "%" * 40, "\u202e", "\u2066x\u2069", "\u200b",
    "\ufeff", "\ufffe", "\ufffd", "e\u0301" * 30, "\u0e33" * 20, "שלום", "ﷺ" * 20, "👩🏽‍💻",
    "\U0010ffff", "ß", "\u0131", "ﬁ", "Ⅷ", "²", "٣", "१२", "\u0130", "\x85", "\x00", "\x1b[2J",
    "\x7f", "\ud800", "x" * 5000, "x " * 3000, "word\n" * 800, "😀" * 2000, "<&>" * 1500,
    "a-" * 2000, "(" * 3000, "[" * 3000, "*" * 3000, "9" * 5000, "1" * 400, "1e999", "2027-02-30",
    "0000-00-00", "9999-12-31", "T-0", "T+999999999w", "T-99999999999", "30d", "0d", "9999w",
    "US-ZZ", "ZZ", "UTC", "Europe/Berlin", "Europe", "posixrules", "GMT+14", "a@b.example",
    "unknown", "customer", "internal", "launch", "standin7d1f0c2b", "standin7d1f0c2b@example.com",
    "2999-01-01",
]  # fmt: skip
NUMBERS = [
    0, 1, -1, 2, 3, 7, 2000, 2001, 10**6, 2**31, 2**63, -(2**63), 2**64, 10**18, 10**299,
    -(10**299), 0.5, -0.5, 1e-300, 1e300, -1e300, float("inf"), float("-inf"), float("nan"),
]  # fmt: skip
OTHERS: list[Any] = [
    None,
    True,
    False,
    [],
    {},
    [[]],
    [{}],
    {"a": {}},
    [None],
    ["a", 1, None],
]
DAYS = [
    date(1, 1, 1),
    date(1899, 12, 31),
    date(1900, 1, 1),
    date(2199, 12, 31),
    date(2200, 1, 1),
    date(9999, 12, 31),
]
#: values that only YAML's own notation allows, each on one line
YAML_ONLY = [
    "&a [*a]", "*a", "&a x", "!!python/object/apply:os.system [id]", "!!python/name:os.system",
    "!!binary aGk=", "!!int x", "!!float 1", "!!timestamp 2027-01-01", "!!set {a}",
    "!<tag:x.example,2027:y> z", "!!str 1", "! 2", "{<<: *a}", "{<<: {a: b}}", "{a: 1, a: 2}",
    "{? [a]: b}", "{? {a: b}: c}", "[" * 38 + "]" * 38, "{a: " * 38, "[" * 45 + "]" * 45,
    "[" * 3000, "{a: " * 3000, "[" + "&b x, *b, " * 300 + "]", '"\\x1b[31m"', '"\\0"',
    '"\\ud800"', '"\\uFFFE"', '"\\U0010FFFF"', '"\\N"', '"\\_"', "1.0e999", "-1.0e999", ".5e-999",
    "1_0.0_1", "0x1f", "0o17", "0b1", "1__0", "+1", "00", "-0", "1" + "0" * 299, "1" + "0" * 300,
    "1" + "0" * 5000, ".nan", ".inf", "2027-02-29", "0000-01-01", "2027-13-01",
    "2027-03-02T25:00:00Z", "12:30:45", "@x", "`x", "%x", "| x", "> x", "''", '""', "#", ": :",
    "- -",
]  # fmt: skip
#: the same for JSON
JSON_ONLY = [
    "NaN", "Infinity", "-Infinity", "1e999", "-0", "1" + "0" * 400, "1" + "0" * 5000, '"\\ud800"',
    '"\\u0000"', "[" * 300 + "]" * 300, '{"a":' * 300 + "1" + "}" * 300, "[" * 100 + "1",
    '{"a":1,"a":2}', "undefined", "'x'",
]  # fmt: skip
#: how often a part is repeated
MANY = 60


def texts(*, most: int = 60) -> st.SearchStrategy[str]:
    """Texts that no one writes, sometimes several in a row."""
    return st.one_of(
        st.sampled_from(TEXTS),
        st.text(max_size=most),
        st.lists(st.sampled_from(TEXTS), min_size=2, max_size=4).map("".join),
    )


def any_values() -> st.SearchStrategy[Any]:
    """Values of every kind; each is a new object."""
    return st.one_of(
        texts(),
        # a copy, since what is put into a file is changed there later
        st.sampled_from([*NUMBERS, *OTHERS]).map(copy.deepcopy),
        st.sampled_from(DAYS),
        st.integers(),
    )


def _paths(node: object, path: Path = ()) -> Iterator[Path]:
    """The places of plain data, from the top down."""
    yield path
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _paths(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _paths(value, (*path, index))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


@st.composite
def changed(
    draw: st.DrawFn, bases: Sequence[Any], values: st.SearchStrategy[Any], most: int = 3
) -> Any:
    """One of some plain data, changed at a few places.

    Replaced, taken out, repeated, renamed, or put elsewhere.
    """
    data = copy.deepcopy(draw(st.sampled_from(bases)))
    for _ in range(draw(st.integers(1, most))):
        # the top is left alone: another test has files that are not a mapping
        paths = list(_paths(data))[1:]
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        parent = _at(data, path[:-1])
        step = path[-1]
        _CHANGES[draw(st.sampled_from(list(_CHANGES)))](
            draw, parent, step, values, lambda: _other(draw, bases)
        )
    return data


def _other(draw: st.DrawFn, bases: Sequence[Any]) -> Any:
    other = draw(st.sampled_from(bases))
    return copy.deepcopy(_at(other, draw(st.sampled_from(list(_paths(other))))))


Change = Callable[
    [st.DrawFn, Any, Any, st.SearchStrategy[Any], Callable[[], Any]], None
]


def _replace(draw: st.DrawFn, parent: Any, step: Any, values: Any, other: Any) -> None:
    parent[step] = draw(values)


def _take_out(draw: st.DrawFn, parent: Any, step: Any, values: Any, other: Any) -> None:
    del parent[step]


def _repeat(draw: st.DrawFn, parent: Any, step: Any, values: Any, other: Any) -> None:
    if isinstance(parent, list):
        parent.extend(
            copy.deepcopy(parent[step])
            for _ in range(draw(st.sampled_from([1, 2, MANY])))
        )
    else:
        parent[step] = [
            copy.deepcopy(parent[step])
            for _ in range(draw(st.sampled_from([1, 2, MANY])))
        ]


def _rename(draw: st.DrawFn, parent: Any, step: Any, values: Any, other: Any) -> None:
    if isinstance(parent, dict):
        parent[draw(texts(most=20))] = parent.pop(step)
    else:
        parent.insert(step, draw(values))


def _put_elsewhere(
    draw: st.DrawFn, parent: Any, step: Any, values: Any, other: Callable[[], Any]
) -> None:
    parent[step] = other()


#: by name, the likeliest first
_CHANGES: dict[str, Change] = {
    "replace": _replace,
    "again": _replace,
    "take out": _take_out,
    "repeat": _repeat,
    "rename": _rename,
    "put elsewhere": _put_elsewhere,
}


class _Notation:
    """Replaces marks, which its writer kept, by text that only the notation allows."""

    def __init__(self, written: Sequence[str]) -> None:
        self._written = {f"zqx{number}xqz": text for number, text in enumerate(written)}
        self.marks = st.sampled_from(list(self._written))

    def put_in(self, text: str, quoted: str = "{}") -> str:
        for mark, written in self._written.items():
            if mark in text:
                text = text.replace(quoted.format(mark), written).replace(mark, written)
        return text


_YAML = _Notation(YAML_ONLY)
_JSON = _Notation(JSON_ONLY)


def yaml_texts(bases: Sequence[Any]) -> st.SearchStrategy[bytes]:
    """YAML made from plain data, changed in its structure and sometimes in its text and bytes."""
    values = st.one_of(any_values(), any_values(), _YAML.marks)
    written = changed(bases, values).map(
        lambda data: _YAML.put_in(_dumped(data)).encode("utf-8", "surrogatepass")
    )
    return st.one_of(written, written, written, written.flatmap(mangled))


def _dumped(data: object) -> str:
    """Data as YAML.

    Libyaml cannot write a surrogate, so it is put in as the bytes that it would be.
    """
    text = yaml.dump(
        _spelled(data), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False
    )
    return text.replace("zqsurrogate", "\ud800")


def _spelled(data: object) -> object:
    if isinstance(data, str):
        return "".join(
            "zqsurrogate" if "\ud800" <= char <= "\udfff" else char for char in data
        )
    if isinstance(data, dict):
        return {_spelled(key): _spelled(value) for key, value in data.items()}
    return [_spelled(value) for value in data] if isinstance(data, list) else data


def json_texts(bases: Sequence[Any]) -> st.SearchStrategy[str]:
    """JSON made from plain data, changed in its structure."""
    values = st.one_of(any_values(), any_values(), _JSON.marks).filter(
        lambda value: not isinstance(value, date)
    )
    return changed(bases, values).map(
        lambda data: _JSON.put_in(json.dumps(data), '"{}"')
    )


#: the replacements of bytes
SCRAPS = [
    b"", b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b" ",
    b":", b"- ", b"? ", b"[", b"]", b"{", b"}", b"'", b'"', b"&a ", b"*a", b"!!x ", b"|", b">",
    b"#", b"---\n", b"...\n", b"%YAML 9\n", b"<<: *a\n", b"\\", b"%", b"%00", b"=", b"&", b"+",
    b";", b"\r\n\r\n", b"9" * 40, b"\xf4\x90\x80\x80", b"\x85",
]  # fmt: skip


@st.composite
def mangled(draw: st.DrawFn, given: bytes) -> bytes:
    """Bytes with a few of them replaced, left out or repeated."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(given)))
        length = draw(st.integers(0, 12))
        scrap = draw(st.one_of(st.sampled_from(SCRAPS), st.binary(max_size=4)))
        given = given[:at] + scrap + given[at + length :]
    return given
