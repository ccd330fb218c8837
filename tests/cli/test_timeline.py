from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from launch_kits.settings import private_home
from tests.cli.commands import Cli
from tests.launches import KEYS, NOW, SLUG, task

BRIEF = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"
AT = ("--now", NOW.isoformat())
NAMES = ("task", "start", "finish", "due")


def tasks_in(svg: str) -> list[dict[str, str | None]]:
    return [
        {name: each.get(f"data-{name}") for name in NAMES}
        for each in fromstring(svg).iter()
        if each.get("data-task")
    ]


def one(svg: str, name: str) -> Element:
    [found] = [each for each in fromstring(svg).iter() if each.get(name)]
    return found


def test_a_brief_is_drawn_with_the_dates_of_plan(cli: Cli):
    plan = cli.ok("plan", BRIEF, "--json", *AT).json
    assert tasks_in(cli.ok("timeline", BRIEF, *AT).out) == [
        {"task": each["key"], **{name: each[name] for name in NAMES[1:]}}
        for each in plan["tasks"]
    ]


def test_a_folder_with_one_brief_means_it(cli: Cli):
    svg = cli.ok("timeline", BRIEF, *AT).out
    assert cli.ok("timeline", BRIEF.parent, *AT).out == svg
    assert one(svg, "data-today").get("data-today") == "2027-01-11"


def test_a_launch_is_drawn_with_its_dates(cli: Cli, flying):
    svg = cli.ok("timeline", SLUG, *AT).out
    kept = [task(flying, key) for key in KEYS]
    assert tasks_in(svg) == [
        {
            "task": each.key,
            "start": str(each.start),
            "finish": str(each.finish),
            "due": str(each.due),
        }
        for each in kept
    ]
    assert one(svg, "data-today").get("data-today") == str(date(2027, 1, 11))


def test_a_folder_without_a_brief_does_not_hide_a_launch(cli: Cli, flying, tmp_path):
    (tmp_path / SLUG).mkdir()
    assert len(tasks_in(cli.ok("timeline", SLUG, *AT).out)) == len(KEYS)


@pytest.mark.parametrize(
    ("name", "magic"),
    [("a.svg", b"<svg "), ("deep/a.pdf", b"%PDF-"), ("a.PNG", b"\x89PNG")],
)
def test_the_end_of_the_name_is_the_format(cli: Cli, flying, tmp_path, name, magic):
    assert cli.ok("timeline", SLUG, "--out", name, *AT).out == f"{name}\n"
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_a_file_elsewhere_is_the_users_and_one_in_the_home_is_private(
    cli: Cli, flying, home, tmp_path, monkeypatch
):
    monkeypatch.setattr(private_home, "_given", [0o022])
    before = os.umask(0o077)
    try:
        cli.ok("timeline", SLUG, "--out", tmp_path / "a.svg", *AT)
        cli.ok("timeline", SLUG, "--out", home / "a.svg", *AT)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((at / "a.svg").stat().st_mode) for at in (tmp_path, home)]
    assert modes == [0o644, 0o600]


def test_what_cannot_be_drawn_or_written_is_refused(cli: Cli, flying, tmp_path, write):
    assert "name a file that ends in .svg, .pdf or .png" in cli.refused(
        "timeline", SLUG, "--out", "a.gif"
    )
    assert 'no launch "falcon-3"; did you mean "falcon-2"?' in cli.refused(
        "timeline", "falcon-3"
    )
    assert "nowhere.yaml: no such file" in cli.refused("timeline", "nowhere.yaml")
    assert "--kit goes with a brief" in cli.refused(
        "timeline", SLUG, "--kit", "small.yaml"
    )
    (tmp_path / "taken.svg").mkdir()
    assert "is there and is not a file" in cli.refused(
        "timeline", SLUG, "--out", "taken.svg"
    )
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert "name another file with --out" in cli.refused(
        "timeline", SLUG, "--out", "file/a.svg"
    )


def test_a_folder_with_several_briefs_is_refused(cli: Cli, tmp_path, write):
    write("one.yaml")
    write("two.yaml")
    assert f"{tmp_path}: there are several briefs (one.yaml, two.yaml)" in cli.refused(
        "timeline", tmp_path
    )
