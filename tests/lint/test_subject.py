from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from launch_kits.inputs.loading import load_brief
from launch_kits.lint.subject import Subject, task_places
from launch_kits.plan.rollout import Rollout
from tests.lint.brief_codes import TODAY
from tests.spoilt import Folder


@pytest.fixture
def subject(folder: Folder) -> Subject:
    loaded = load_brief(folder.brief)
    brief = loaded.brief
    rollout = Rollout(
        brief,
        begin_on=TODAY,
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )
    return Subject(loaded, rollout, TODAY)


def test_every_task_of_the_kit_has_its_place(subject: Subject):
    for key, place in task_places(subject.kit):
        assert subject.kit_source is not None
        part = subject.kit_source.data
        for step in place:
            part = part[step]
        assert part["key"] == key
    assert [key for key, _ in task_places(subject.kit)] == [
        task.key for _, task in subject.kit.tasks()
    ]


def test_a_finding_about_a_task_is_on_its_line_of_the_kit(subject: Subject):
    key = next(task.key for _, task in subject.kit.tasks())
    fault = subject.about_task(key, "title", "duplicate-title", "twice")
    assert Path(fault.path).name == "kit.yaml"
    line = Path(fault.path).read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert "title:" in line


def test_another_launch_day_is_not_as_written(subject: Subject):
    assert subject.as_written
    later = subject.brief.model_copy(update={"launch_on": date(2027, 3, 9)})
    moved = replace(subject.rollout, brief=later, launch_on=date(2027, 3, 9))
    assert not replace(subject, rollout=moved).as_written


def test_ledgers_and_the_kit_are_sources_of_the_brief(subject: Subject):
    names = {Path(source.path).name for source in subject.sources()}
    assert names == {"kit.yaml", "ledger.yaml"}
    assert [
        (ledger.card.id, Path(source.path).name) for ledger, source in subject.ledgers()
    ] == [
        (alternative.ledger.card.id, "ledger.yaml")
        for alternative in subject.brief.positioning.alternatives
        if alternative.ledger
    ]
