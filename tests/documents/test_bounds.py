"""A template cannot run for long, and cannot make a huge value."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from launch_kits.documents import bounds, render
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from tests.documents.hostile import BIG_LIST, WORK, assert_refused, rendered, repeated
from tests.samples import TODAY, brief, facts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "name", ["battlecard.md.j2", "launch_plan.md.j2", "sales_knowledge_base.md.j2"]
)
def test_a_built_in_template_does_a_tenth_of_the_allowed_work(monkeypatch, name):
    of = load_brief(ROOT / "examples" / "valkey-9" / "brief.yaml").brief
    made = facts_of_rollout(
        Rollout(of, TODAY, of.released_on, of.launch_on), today=TODAY
    )
    rival = next(task for task in made.tasks if task.template == "battlecard.md.j2")
    given = replace(made, task=rival)
    whole = render(name, given)
    monkeypatch.setattr(bounds, "WORK", bounds.WORK // 10)
    assert render(name, given) == whole


def test_each_document_has_bounds_of_its_own(tmp_path):
    text = (
        "{% for a in range(900) %}{% for b in range(99) %}{% endfor %}{% endfor %}done"
    )
    assert [rendered(tmp_path, text) for _ in range(20)] == ["done"] * 20


def test_every_thread_has_bounds_of_its_own(tmp_path):
    text = (
        "{% for a in range(900) %}{% for b in range(99) %}{% endfor %}{% endfor %}done"
    )
    (tmp_path / "own.md.j2").write_text(text, "utf-8")
    with ThreadPoolExecutor(4) as threads:
        made = threads.map(
            lambda _: render("own.md.j2", facts(brief()), folders=[tmp_path]), range(20)
        )
        assert list(made) == ["done"] * 20


@pytest.mark.parametrize(
    "text",
    [
        BIG_LIST.replace("[0]", "[[]]") + repeated("{% if 1 in a %}{% endif %}"),
        "{% set a = (1, 'a', 2.0) * 9000 %}" + repeated("{% if 'b' in a %}{% endif %}"),
        "{% set a = [today - launch_on] * 9000 %}"
        + repeated("{% if 1 in a %}{% endif %}"),
        "{% set a = [brief.team.lead] * 3000 %}"
        + repeated("{% if 1 in a %}{% endif %}"),
        "{% set a = [[1, []]] * 9000 %}" + repeated("{{ a | groupby(0) | length }}"),
    ],
    ids=["lists", "kinds", "spans", "people", "groups"],
)
def test_looking_into_elements_of_several_kinds_is_paid_for(
    tmp_path, monkeypatch, text
):
    looks = 0
    held = bounds._held

    def counted(value, *, deep):
        nonlocal looks
        looks += 1
        return held(value, deep=deep)

    monkeypatch.setattr(bounds, "_held", counted)
    assert_refused(tmp_path, text, WORK)
    assert looks <= bounds.WORK // 3
