from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.slack.messages.context import context_of
from launch_kits.verbs import begin, changing, reassign
from launch_kits.views.notices.context import ContextLoader
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, STRANGER


@pytest.mark.parametrize("email", [LEAD, PMM, OPS])
def test_an_email_is_spelled_as_the_launch_does(
    falcon: Store, tmp_path: Path, email: str
) -> None:
    context = ContextLoader(falcon, documents=tmp_path).of(SLUG, now=NOW)
    assert context.spelled(email.upper()) == email
    assert context.spelled(STRANGER.upper()) == STRANGER.upper()


def test_the_context_of_a_change_is_the_one_that_is_read_after_it(
    falcon: Store, tmp_path: Path
) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        before = context_of(change, documents=tmp_path)
        begin(change, SLUG, "positioning", now=NOW)
        after = context_of(change, documents=tmp_path)
    assert before.view.task("positioning").status == "ready"
    assert after.view.task("positioning").status == "doing"
    assert (
        after.view == ContextLoader(falcon, documents=tmp_path).of(SLUG, now=NOW).view
    )


def test_a_change_names_people_outside_the_team_as_a_read_does(
    falcon: Store, tmp_path: Path
) -> None:
    with falcon.write() as session:
        told = {"name": "Sora", "zone": "Asia/Tokyo", "read_at": NOW}
        session.add(SlackUser(id="U7", email=STRANGER, **told))
    with changing(falcon, SLUG, now=NOW) as change:
        reassign(change, SLUG, "research", to=STRANGER, now=NOW)
        context = context_of(change, documents=tmp_path)
    assert context.view.task("research").owner_name == "Sora"
    read = ContextLoader(falcon, documents=tmp_path).of(SLUG, now=NOW)
    assert (context.view, context.outsiders) == (read.view, read.outsiders)


def test_a_loader_validates_a_brief_again_only_if_it_changed(
    falcon: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    validated = []
    kept = Brief.kept
    monkeypatch.setattr(Brief, "kept", lambda brief: validated.append(1) or kept(brief))
    contexts = ContextLoader(falcon, documents=tmp_path)
    assert {contexts.of(SLUG, now=NOW).brief.product for _ in range(3)} == {"Falcon 2"}
    assert len(validated) == 1
    with falcon.write() as session:
        launch = find_launch(session, SLUG)
        launch.brief = {**launch.brief, "product": "Falcon 3"}
        launch.revision += 1
        session.add(launch)
    with falcon.read() as session:
        assert find_launch(session, SLUG).brief["product"] == "Falcon 3"
    assert contexts.of(SLUG, now=NOW).brief.product == "Falcon 3"
    assert len(validated) == 2
