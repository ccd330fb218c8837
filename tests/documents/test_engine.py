from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.documents import engine as engines
from launch_kits.documents import render
from launch_kits.errors import DocumentError
from tests.documents.hostile import (
    SELF,
    WORK,
    assert_refused,
    repeated,
)
from tests.samples import (
    brief,
    card_facts,
    claim,
    facts,
    ledger,
)


def error_of(written, text: str, **more) -> str:
    with pytest.raises(DocumentError) as raised:
        written(text, **more)
    return str(raised.value)


def test_a_missing_template_is_named_with_the_nearest_known_one(written):
    with pytest.raises(
        DocumentError,
        match=r'^template "battlecrd.md.j2" is in none .*mean "battlecard.md.j2"\?',
    ):
        render("battlecrd.md.j2", facts(brief()))
    assert 'needs another template: template "gone.md.j2" is in none' in error_of(
        written, "{% include 'gone.md.j2' %}"
    )


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "/etc/passwd", "templates/../battlecard.md.j2"]
)
def test_a_template_outside_the_folders_is_not_found(name):
    with pytest.raises(DocumentError, match="none of the template folders"):
        render(name, facts(brief()))


def test_a_template_that_is_a_link_out_of_its_folder_is_refused(tmp_path):
    (tmp_path / "secret").write_text("s3cret", "utf-8")
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "own.md.j2").write_text("{% include 'part.md.j2' %}", "utf-8")
    (ours / "part.md.j2").symlink_to(tmp_path / "secret")
    (ours / "folder").symlink_to(tmp_path)
    for name in ("own.md.j2", "part.md.j2", "folder/secret"):
        with pytest.raises(DocumentError, match="is a link out of its folder; put"):
            render(name, facts(brief()), folders=[ours])


def test_a_folder_of_templates_may_be_a_link_and_a_template_a_link_in_it(tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "own.md.j2").write_text("one", "utf-8")
    (tmp_path / "ours" / "other.md.j2").symlink_to("own.md.j2")
    (tmp_path / "link").symlink_to("ours")
    for name in ("own.md.j2", "other.md.j2"):
        assert render(name, facts(brief()), folders=[tmp_path / "link"]) == "one"


def test_built_in_templates_may_be_links_as_some_installers_make_them(
    tmp_path, monkeypatch
):
    (tmp_path / "cache").write_text("one", "utf-8")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "own.md.j2").symlink_to(tmp_path / "cache")
    monkeypatch.setattr(engines, "built_in_templates", lambda: tmp_path / "package")
    assert engines.Engine(()).run("own.md.j2", facts(brief())).text == "one"


def test_a_users_template_replaces_a_built_in_one_and_may_include_it(
    tmp_path,
):
    given = card_facts(ledger(why_we_win=[claim()]))
    built_in = render("battlecard.md.j2", given)
    source = "{% include 'built-in/battlecard.md.j2' %}\n\nFor Europe.\n"
    (tmp_path / "battlecard.md.j2").write_text(source, "utf-8")
    ours = render("battlecard.md.j2", given, folders=[tmp_path])
    assert ours.startswith(built_in.split("## To finish", maxsplit=1)[0].rstrip())
    assert "For Europe." in ours


def test_a_template_is_read_again_when_its_file_changes(written):
    assert written("one") == "one"
    assert written("two, longer") == "two, longer"


def test_a_change_in_a_folder_leaves_other_folders_alone(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.md.j2").write_text(name, "utf-8")
    given = facts(brief())
    assert [render("own.md.j2", given, folders=[tmp_path / name]) for name in "ab"] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\n{{ breif }}",
            'own.md.j2, line 2: unknown name "breif"; did you mean "brief"?',
        ),
        (
            "{{ brief.prodct }}",
            'own.md.j2, line 1: a Brief has no "prodct"; did you mean "product"?',
        ),
        (
            "{{ task.owner }}",
            (
                'own.md.j2, line 1: cannot take "owner" from an empty value; test the value '
                "first, as in {% if task %}"
            ),
        ),
        (
            "\n\n{% if %}",
            (
                "own.md.j2, line 3: Expected an expression, got 'end of statement block'; fix "
                "the template"
            ),
        ),
        (
            "{{ 1 / 0 }}",
            "own.md.j2, line 1: ZeroDivisionError: division by zero; fix the template",
        ),
        ("{{ fail('no owner; name one') }}", "own.md.j2, line 1: no owner; name one"),
        ("a\n{% include 'part.md.j2' %}", "part.md.j2, line 2: "),
        (
            "{% include 'own.md.j2' %}",
            "own.md.j2, line 1: includes or calls itself endlessly; remove the include or the call",
        ),
        (
            "{{ range(10000000) | list }}",
            "own.md.j2, line 1: a list grows longer than 50,000 elements; collect less",
        ),
        ("{{ brief.calendar.__globals__ }}", "own.md.j2, line 1: "),
        ("{{ ''.__class__.__mro__ }}", "own.md.j2, line 1: "),
        (
            "{{ brief.parse_file('/etc/passwd') }}",
            "own.md.j2, line 1: access to attribute 'parse_file'",
        ),
        (
            "{{ [brief] | map(attribute='parse_file') | join }}",
            "own.md.j2, line 1: access to attribute 'parse_file'",
        ),
        (
            "{{ brief['model_dump'] }}",
            "own.md.j2, line 1: access to attribute 'model_dump'",
        ),
        (
            "{{ [brief] | map(attribute='__class__') | join }}",
            "own.md.j2, line 1: access to attribute '__class__'",
        ),
    ],
)
def test_an_error_names_the_template_the_line_and_the_remedy(written, text, message):
    assert error_of(written, text, part="\n{{ nothing }}").startswith(
        f"template {message}"
    )


#: hostile templates, and the errors that refuse them
HOSTILE = [
    ("{% include 'own.md.j2' %}", SELF),
    ("{% for i in range(99) %}{% include 'own.md.j2' %}{% endfor %}", WORK),
    ("{% extends 'own.md.j2' %}", SELF),
    ("{% import 'own.md.j2' as own %}", SELF),
    ("{% from 'own.md.j2' import own with context %}", SELF),
    (repeated("{% include 'empty.md.j2' %}"), WORK),
    ("a" * 70_000, "is larger than 64 KiB; split it, and include the parts"),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_template_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)
