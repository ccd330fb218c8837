from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits.documents import Facts, TaskFacts
from launch_kits.documents.content import content_of, digest_of
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from tests.launches import NOW, brief_with


@pytest.fixture
def facts() -> Facts:
    today = NOW.date()
    return facts_of_rollout(Rollout.of(brief_with(), today=today), today=today)


def card(facts: Facts) -> TaskFacts:
    return next(task for task in facts.tasks if task.key == "battlecard:kite")


def test_the_content_has_the_claims_printed_and_the_fields_used(
    facts: Facts, tmp_path: Path
) -> None:
    content = content_of(facts, card(facts), folder=tmp_path)
    assert content["brief.product"] == "Falcon 2"
    assert any(path.startswith("claims.kite.") for path in content)
    assert not any(path.startswith("claims.osprey.") for path in content)
    assert not any(path.startswith(("brief.team", "brief.kit")) for path in content)


def test_a_template_is_not_content(facts: Facts, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    digests = set()
    for text in (
        "# {{ brief.product }}",
        "## Ours: {{ brief.product }} on {{ today }}",
    ):
        (own / "battlecard.md.j2").write_text(text, "utf-8")
        content = content_of(facts, card(facts), folder=tmp_path, folders=[own])
        assert dict(content) == {"brief.product": "Falcon 2"}
        digests.add(digest_of(content))
    assert len(digests) == 1


def test_a_new_day_is_not_content(facts: Facts, tmp_path: Path) -> None:
    later = replace(facts, today=facts.today + timedelta(days=3))
    now, then = (
        content_of(each, card(each), folder=tmp_path) for each in (facts, later)
    )
    assert digest_of(now) == digest_of(then)


def test_the_digest_does_not_depend_on_the_order() -> None:
    assert digest_of({"a": 1, "b": "é"}) == digest_of({"b": "é", "a": 1})


def test_the_style_of_a_brand_is_not_content_and_a_picture_is_its_digest(
    tmp_path: Path,
) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    text = "{{ brief.brand.name }}{{ brief.pictures | length }}"
    (own / "battlecard.md.j2").write_text(text, "utf-8")
    logo = {"path": "logo.svg", "content": "PHN2Zy8+"}
    brief = brief_with(
        brand={"name": "Falcon Ltd", "logo": logo, "colours": {"main": "#1B5E20"}},
        pictures=[{"file": {**logo, "path": "shot.svg"}, "alt": "A screen"}],
    )
    today = NOW.date()
    given = facts_of_rollout(Rollout.of(brief, today=today), today=today)
    content = content_of(given, card(given), folder=tmp_path, folders=[own])
    assert {path: content[path] for path in content if "pictures" not in path} == {
        "brief.brand.name": "Falcon Ltd"
    }
    assert content["brief.pictures.1.file.path"] == "shot.svg"
    assert len(content["brief.pictures.1.file.sha256"]) == 64
    assert "PHN2" not in str(content)
