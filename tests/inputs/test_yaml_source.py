from __future__ import annotations

import os
import socket
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.errors import InputError
from launch_kits.inputs.yaml_source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    MAX_NODES,
    Yaml,
    parse,
    read,
)


def refused(text: str) -> tuple[int | None, str]:
    """Line and code of the one fault for which a text is not read at all."""
    with pytest.raises(InputError) as raised:
        parse(text, shown="x.yaml")
    (fault,) = raised.value.faults
    assert fault.path == "x.yaml"
    return fault.line, fault.code


def unread(text: str) -> list[tuple[int | None, str]]:
    """Lines and codes of the parts that are left out of a text."""
    return [
        (fault.line, fault.code)
        for fault in parse(text, shown="x.yaml").unread.values()
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("2026", 2026),
        ("-7", -7),
        ("1_000", 1000),
        ("0.5", 0.5),
        ("2027-03-02", date(2027, 3, 2)),
        ("2027-03", "2027-03"),
        ("2027-3-2", "2027-3-2"),
        ("2027-03-02T10:00:00Z", "2027-03-02T10:00:00Z"),
        ("9:30", "9:30"),
        ("0123", "0123"),
        ("0x1f", "0x1f"),
        ("1.5.2", "1.5.2"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 400, "9" * 400),
        ('"2026"', "2026"),
        ("'true'", "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("'*x'", "*x"),
    ],
)
def test_words_and_numbers_are_what_people_mean_by_them(written, value):
    data = parse(f"a: {written}\n", shown="x.yaml").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_every_value_knows_its_line():
    source = parse("a: 1\nb:\n  - c: 2\n    d: [3,\n      4]\n  - e\n", shown="x.yaml")
    lines = {
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 4,
        ("b", 0, "d", 1): 5,
        ("b", 1): 6,
    }
    assert {where: source.line(where) for where in lines} == lines
    assert source.line(("b", 0, "gone")) == 3
    assert source.line(("gone", "deeper")) == 1


def test_input_without_a_file_has_no_lines():
    assert Yaml("brief", {"a": 1}).fault(("a",), "code", "message").line is None


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "empty"),
        ("# nothing but a remark\n", 1, "empty"),
        ("a: 1\n---\nb: 2\n", 2, "several-documents"),
        ("---\n---\n", 2, "several-documents"),
        ("a: 1\n...\nb: 2\n", 3, "not-yaml"),
        ("a: [1, 2\n", 1, "not-yaml"),
        ("a: 1\nb: c: d\n", 2, "not-yaml"),
        ("a: 1\n\tb: 2\n", 2, "not-yaml"),
        ("a: 'open\n\n\n", 1, "not-yaml"),
        ("a: 1\nb: \x07\n", 2, "not-yaml"),
        ("%FOO\n---\na: 1\n", 1, "not-yaml"),
        ('a: "\\ud800"\n', 1, "not-yaml"),
        ("a:\n  " + "[" * 50, 2, "too-deep"),
        ("- " * 5000, 1, "too-deep"),
        ("{a: " * 5000, 1, "too-deep"),
    ],
)
def test_what_is_not_a_document_is_refused_with_its_line(text, line, code):
    assert refused(text) == (line, code)


def test_nesting_up_to_the_limit_is_read():
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse(text, shown="x.yaml").data


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\nb: *x\n", [(1, "anchor"), (2, "anchor")]),
        ("b: *x\n", [(1, "anchor")]),
        ("a: &a [*a]\n", [(1, "anchor"), (1, "anchor")]),
        ("&k a: 1\n", [(1, "anchor")]),
        ("a: &b {q: 1}\nc:\n  <<: *b\n", [(1, "anchor"), (3, "merge")]),
        ("a: 1\nb: !!python/object/apply:os.system [echo]\n", [(2, "tag")]),
        ("a: !!int '3'\n", [(1, "tag")]),
        ("a: !!binary aGk=\n", [(1, "tag")]),
        ("a: !!timestamp 2027-01-01\n", [(1, "tag")]),
        ("a: 1\nb: 2\na: 3\n", [(3, "duplicate-key")]),
        ("a: {b: 1, b: {c: [2]}}\n", [(1, "duplicate-key")]),
        ("a: 1\na: 2\na: 3\n", [(3, "duplicate-key")]),
        ("? [a, b]\n: 1\n", [(1, "bad-key")]),
        ("? {a: b}\n: {c: d}\ne: f\n", [(1, "bad-key")]),
        ("a: 1\nb: 2027-02-30\n", [(2, "bad-value")]),
        ("a: 2027-13-01\n", [(1, "bad-value")]),
        ("a: 0000-01-01\n", [(1, "bad-value")]),
        ('a: 1\nb: "\\x1b[31mred"\n', [(2, "control-character")]),
        ('a: "\\0"\n', [(1, "control-character")]),
        ('"\\e[2J": 1\n', [(1, "bad-key")]),
    ],
)
def test_traps_are_left_out_and_named(text, found):
    assert unread(text) == found


def test_of_a_key_that_is_there_twice_the_first_one_counts():
    source = parse("a: 1\nb: 2\na: 3\n", shown="x.yaml")
    assert source.data == {"a": 1, "b": 2}
    assert source.lines[("a",)] == 1


def test_texts_over_several_lines_are_kept():
    assert parse("a: |\n  one\n\ttwo\n".replace("\t", "  "), shown="x.yaml").data == {
        "a": "one\ntwo\n"
    }


def test_a_bomb_of_aliases_is_not_built():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    # built, it would have more values than there are atoms
    assert {code for _, code in unread("\n".join(lines))} == {"anchor"}


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(tmp_path: Path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 6))
    assert read(path).data == {"a": 1}
    with path.open("ab") as file:
        file.write(b"x")
    assert codes(path) == [(None, "too-large")]


def codes(path: Path) -> list[tuple[int | None, str]]:
    with pytest.raises(InputError) as raised:
        read(path)
    assert {fault.path for fault in raised.value.faults} == {str(path)}
    return [(fault.line, fault.code) for fault in raised.value.faults]


def test_an_endless_file_is_not_read_to_its_end():
    assert codes(Path("/dev/zero")) == [(None, "not-a-file")]


def test_a_byte_order_mark_is_not_a_part_of_the_first_key(tmp_path: Path):
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbflaunch: x\r\nproduct: y\r\n")
    source = read(path)
    assert source.data == {"launch": "x", "product": "y"}
    assert source.line(("product",)) == 2


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_what_is_not_utf8_is_refused_with_its_line(tmp_path: Path, encoding):
    path = tmp_path / "odd.yaml"
    path.write_bytes("a: 1\nb: café\n".encode(encoding))
    assert codes(path) == [(2 if encoding == "latin-1" else 1, "not-utf8")]


def test_what_cannot_be_opened_is_refused(tmp_path: Path):
    assert codes(tmp_path) == [(None, "not-a-file")]
    assert codes(tmp_path / "gone.yaml") == [(None, "unreadable")]
    assert codes(tmp_path / ("long" * 500)) == [(None, "unreadable")]
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert codes(tmp_path / "loop.yaml") == [(None, "unreadable")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(tmp_path: Path):
    path = tmp_path / "secret.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    path.chmod(stat.S_IWUSR)
    assert codes(path) == [(None, "unreadable")]


def test_a_path_is_shown_as_it_was_written(tmp_path: Path):
    with pytest.raises(
        InputError, match=r"^brief\.yaml: no such file or directory; check the path"
    ):
        read(tmp_path / "gone.yaml", shown="brief.yaml")


YAMLISH = st.text(
    st.sampled_from("ab: -[]{}&*!<|>'\"\n\t#%?,~.0\\xé\x85\u2028"), max_size=60
)


@given(
    st.one_of(YAMLISH, st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
)
def test_any_text_is_read_or_refused_with_a_line_inside_it(text):
    last = max(1, len(text.splitlines()))
    try:
        source = parse(text, shown="x.yaml")
    except InputError as error:
        faults = error.faults
    else:
        faults = tuple(source.unread.values())
        assert all(1 <= line <= last for line in source.lines.values())
    assert all(fault.line is not None and 1 <= fault.line <= last for fault in faults)


def test_what_is_not_a_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for path, what in {
            tmp_path: "a folder",
            tmp_path / "pipe": "a pipe",
            tmp_path / "link": "a pipe",
            tmp_path / "socket": "a socket",
            Path("/dev/zero"): "a device",
            Path("/dev/tty"): "a device",
        }.items():
            with pytest.raises(InputError) as told:
                read(path)
            (fault,) = told.value.faults
            assert (fault.code, fault.message) == (
                "not-a-file",
                f"this is {what}; name a YAML file",
            )


@pytest.mark.parametrize(
    ("start", "entry"), [("", "k{at}: 1\n"), ("", "- {at}\n"), ("a: 1\n", "a: 1\n")]
)
def test_a_mapping_or_list_of_the_most_entries_is_read_and_one_more_is_not(
    start, entry
):
    entries = [start or entry.format(at=0)]
    entries += [entry.format(at=at) for at in range(1, MAX_ENTRIES)]
    assert parse("".join(entries), shown="x.yaml").data
    text = "".join([*entries, entry.format(at=MAX_ENTRIES)])
    assert refused(text) == (MAX_ENTRIES + 1, "too-large")


def test_the_fault_of_too_many_entries_names_where_they_are_and_the_remedy():
    text = "team:\n" + "".join(f"  r{at}: x\n" for at in range(MAX_ENTRIES + 1))
    with pytest.raises(InputError) as raised:
        parse(text, shown="x.yaml")
    assert str(raised.value) == (
        f"x.yaml:{MAX_ENTRIES + 2}: more than {MAX_ENTRIES} entries in team; "
        "take some out, or split them up"
    )


def test_a_file_of_the_most_nodes_is_read_and_one_more_is_not():
    # a list of lists: 100 each of 1 + 998 nodes, with the outer one and the rest
    rows = ["- [" + "x," * 998 + "]\n"] * 100
    whole = "".join(rows) + "- x\n" * (MAX_NODES - 1 - 100 * 999)
    assert len(parse(whole, shown="x.yaml").lines) == MAX_NODES
    assert refused(whole + "- x\n") == (whole.count("\n") + 1, "too-large")


def test_values_that_are_skipped_count_too():
    rows = "".join(f"- [{'x,' * 1000}]\n  " for _ in range(MAX_NODES // 1000))
    assert refused(f"a: 1\na:\n  {rows}")[1] == "too-large"
