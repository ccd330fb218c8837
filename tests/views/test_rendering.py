from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.documents import Facts
from launch_kits.documents.files import Written
from launch_kits.errors import InputError, NotFound, Refused
from launch_kits.inputs.audience import Audience
from launch_kits.settings import Settings
from launch_kits.views.facts import read_facts
from launch_kits.views.rendering import RenderRequest, facts_of_brief, render
from tests.launches import NOW, SLUG

CARDS = ["battlecard:osprey", "battlecard:kite"]
INSIDE = [Audience.INTERNAL]
BRIEF = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})


@pytest.fixture
def facts(falcon: Store, settings: Settings) -> Facts:
    with falcon.read() as session:
        return read_facts(session, SLUG, now=NOW, documents=settings.documents)


def test_documents_are_told_in_their_order_and_those_of_a_launch_are_recorded(
    facts: Facts, settings: Settings
) -> None:
    home = settings.documents / SLUG
    told: list[Written] = []
    asked = RenderRequest(["md"], INSIDE)
    found = render(facts, home, asked, settings=settings, home=home, tell=told.append)
    assert [each.task for each in told] == CARDS
    assert list(found.made) == told
    assert found.renewed == set(CARDS)
    assert (found.stale, found.missing) == ({}, {})


def test_a_copy_elsewhere_is_not_the_launch_s_own(
    facts: Facts, settings: Settings, tmp_path: Path
) -> None:
    asked = RenderRequest(["md", "pptx"], INSIDE, "battlecard:kite")
    home = settings.documents / SLUG
    there = tmp_path / "there"
    found = render(
        facts, there, asked, settings=settings, home=home, tell=lambda _: None
    )
    assert [each.task for each in found.made] == ["battlecard:kite"]
    assert found.renewed == set()


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        (
            RenderRequest(["md"], INSIDE, "battlecard:kit"),
            NotFound,
            'did you mean "battlecard:kite"',
        ),
        (
            RenderRequest(["md"], INSIDE, "research"),
            Refused,
            "leaves no document; these do: battlecard",
        ),
        (
            RenderRequest(["md"], [Audience.CUSTOMER], CARDS[0]),
            Refused,
            "does not go to customer readers",
        ),
    ],
)
def test_a_task_without_a_document_for_the_readers_is_refused(
    facts: Facts,
    settings: Settings,
    asked: RenderRequest,
    error: type[Exception],
    told: str,
) -> None:
    there = settings.documents
    with pytest.raises(error, match=told):
        render(facts, there, asked, settings=settings, home=None, tell=lambda _: None)
    assert not there.exists()


def test_the_facts_of_a_brief_are_those_of_its_plan(
    settings: Settings, tmp_path: Path
) -> None:
    found = facts_of_brief(BRIEF, settings=settings, kit=None, now=NOW)
    assert found.brief.launch == "valkey-9"
    assert {task.status for task in found.tasks} == {None}
    with pytest.raises(InputError):
        facts_of_brief(tmp_path / "none.yaml", settings=settings, kit=None, now=NOW)
