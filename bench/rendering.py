"""Documents through `render`, with sandbox, escaping and errors that name their line, against bare Jinja2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bench.measure import Row, side_by_side
from launch_kits.brief import Brief
from launch_kits.claims import Audience
from launch_kits.collateral import facts_of_rollout
from launch_kits.documents import Facts, TaskFacts, render
from launch_kits.documents.desk import Desk, names_for
from launch_kits.documents.filters import FILTERS
from launch_kits.library import load_brief
from launch_kits.rollout import Rollout

ROOT = Path(__file__).parents[1]
TEMPLATE = "battlecard.md.j2"

#: our time as a multiple of Jinja2's: at least 0.8 of its rate
TARGET = 1.25

#: the same for all templates together: at least 0.7 of its rate
TARGET_OF_ALL = 1.43

#: documents a run, so that one run is long enough for the clock
DOCUMENTS = 50


def rows() -> list[Row]:
    brief = load_brief(ROOT / "examples" / "valkey-9" / "brief.yaml").brief
    facts = _facts(brief)
    # compiled once, with the filters that the template needs; neither sandbox nor escaping
    loader = FileSystemLoader(ROOT / "templates")
    environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False, loader=loader)  # noqa: S701
    environment.filters.update(FILTERS)
    bare = environment.get_template(TEMPLATE)

    def ours() -> str:
        return render(TEMPLATE, facts)

    def theirs() -> str:
        # the same names, made anew for each document as `render` makes them, and the same list of sources
        desk = Desk(facts)
        return bare.render(names_for(facts, desk)) + desk.sources()

    assert _words(ours()) == _words(theirs())
    mine, jinja = side_by_side(_many(ours), _many(theirs), repeats=15)
    card = Row("battlecard rendered : bare Jinja2", mine / DOCUMENTS, jinja / DOCUMENTS, mine / jinja, TARGET)
    return [card, _all(brief, environment)]


def _all(brief: Brief, environment: Environment) -> Row:
    """Every template, with the example's whole plan."""
    names = sorted(path.name for path in (ROOT / "templates").glob("*.md.j2"))
    bare = {name: environment.get_template(name) for name in names}
    begin_on = brief.begin_on or brief.launch_on
    rollout = Rollout(brief, begin_on=begin_on, release_on=brief.released_on, launch_on=brief.launch_on)
    plan = facts_of_rollout(rollout, today=date(2026, 11, 22))
    own = {name: replace(plan, task=_task(brief, name)) for name in names}

    def ours() -> None:
        for name in names:
            render(name, own[name])

    def theirs() -> None:
        for name in names:
            desk = Desk(own[name])
            _ = bare[name].render(names_for(own[name], desk)) + desk.sources()

    mine, jinja = side_by_side(ours, theirs, repeats=15)
    count = len(names)
    return Row(f"all {count} templates : bare Jinja2", mine / count, jinja / count, mine / jinja, TARGET_OF_ALL)


def _many(make: Callable[[], str]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(DOCUMENTS):
            make()

    return run


def _words(text: str) -> list[str]:
    return text.replace("\\", "").split()


def _task(brief: Brief, template: str) -> TaskFacts:
    owner = brief.holder("pmm")
    day = date(2027, 1, 11)
    of_partner = template.startswith("partner_")
    return TaskFacts(
        key="battlecard:redis",
        stage="sales_readiness",
        stage_title="Sales readiness",
        title="Battlecard",
        role="pmm",
        owner=owner.email,
        owner_name=owner.name,
        days=3,
        after=(),
        start=day,
        finish=day,
        start_by=day,
        due=day,
        float_days=4,
        critical=False,
        status=None,
        template=template,
        audience=Audience.INTERNAL,
        item=brief.partners[0] if of_partner else brief.competitors()[0],
        checklist=(),
    )


def _facts(brief: Brief) -> Facts:
    task = _task(brief, TEMPLATE)
    return Facts(
        brief=brief,
        tasks=[task],
        task=task,
        today=date(2026, 11, 22),
        reader=Audience.INTERNAL,
        begin_on=date(2026, 11, 23),
        release_on=brief.released_on,
        launch_on=brief.launch_on,
        feasible=True,
    )
