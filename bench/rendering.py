"""A battlecard through `render`, with sandbox, escaping and errors that name their line, against bare Jinja2."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from jinja2 import Environment

from bench.measure import Row, side_by_side
from launch_kits.brief import Brief
from launch_kits.claims import Audience
from launch_kits.documents import Facts, TaskFacts, render
from launch_kits.documents.desk import Desk, names_for
from launch_kits.documents.filters import FILTERS
from launch_kits.library import load_brief

ROOT = Path(__file__).parents[1]
TEMPLATE = "battlecard.md.j2"

#: our time as a multiple of Jinja2's: at least 0.8 of its rate
TARGET = 1.25

#: documents a run, so that one run is long enough for the clock
DOCUMENTS = 50


def rows() -> list[Row]:
    facts = _facts(load_brief(ROOT / "examples" / "valkey-9" / "brief.yaml").brief)
    # compiled once, with the filters that the template needs; neither sandbox nor escaping
    environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701
    environment.filters.update(FILTERS)
    bare = environment.from_string((ROOT / "templates" / TEMPLATE).read_text("utf-8"))

    def ours() -> str:
        return render(TEMPLATE, facts)

    def theirs() -> str:
        # the same names, made anew for each document as `render` makes them, and the same list of sources
        desk = Desk(facts)
        return bare.render(names_for(facts, desk)) + desk.sources()

    assert _words(ours()) == _words(theirs())
    mine, jinja = side_by_side(_many(ours), _many(theirs), repeats=15)
    return [Row("battlecard rendered : bare Jinja2", mine / DOCUMENTS, jinja / DOCUMENTS, mine / jinja, TARGET)]


def _many(make: Callable[[], str]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(DOCUMENTS):
            make()

    return run


def _words(text: str) -> list[str]:
    return text.replace("\\", "").split()


def _facts(brief: Brief) -> Facts:
    owner = brief.holder("pmm")
    day = date(2027, 1, 11)
    task = TaskFacts(
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
        template=TEMPLATE,
        audience=Audience.INTERNAL,
        item=brief.competitors()[0],
        checklist=(),
    )
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
