"""Documents as Markdown, HTML and PDF, with their checks, against the bare tools."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from html import unescape
from itertools import count
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from bench.measure import Comparison, Measurement, side_by_side
from launch_kits.documents import Facts, TaskFacts, metadata_of, render, to_html
from launch_kits.documents.context import TemplateContext
from launch_kits.documents.filters import FILTERS
from launch_kits.documents.formats.page_fitting import SIZES
from launch_kits.documents.formats.pdf import document_of, to_pdf
from launch_kits.documents.formats.sections import parsed
from launch_kits.documents.formats.typst import compiler
from launch_kits.documents.names import names_for
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout

ROOT = Path(__file__).parents[1]
TEMPLATE = "battlecard.md.j2"
TODAY = date(2026, 11, 23)

#: our time as a multiple of the bare tool's: at least 0.8 of Jinja2's rate for a card and 0.7 for
#: all documents, 0.8 of markdown-it-py's, and a PDF at 1.5 times the price of Typst's
CARD = 1.25
MARKDOWN = 1 / 0.7
HTML = 1 / 0.8
PDF = 1.5

#: runs are short and many, so that the best one meets no other work of the machine; those of each
#: page and file by itself are fewer, since there are many of them
RUNS = 50
RUNS_OF_EACH = 20


def measurements() -> Iterator[Measurement]:
    given = _documents()
    cards = [facts for facts in given if _own(facts).template == TEMPLATE][:1]
    yield Measurement(
        "battlecard rendered : bare Jinja2",
        lambda: _markdown(cards, times=10, target=CARD),
    )
    yield Measurement(
        "all documents rendered : bare Jinja2",
        lambda: _markdown(given, times=1, target=MARKDOWN),
    )
    yield Measurement(
        "all documents as HTML : bare markdown-it-py", lambda: _html(given)
    )
    yield Measurement("battlecard as PDF : bare Typst", lambda: _pdf(cards[0]))


def _documents() -> Sequence[Facts]:
    """The facts of each document of the example."""
    brief = load_brief(ROOT / "examples" / "valkey-9" / "brief.yaml").brief
    facts = facts_of_rollout(
        Rollout(brief, brief.begin_on or TODAY, brief.released_on, brief.launch_on),
        today=TODAY,
    )
    return [replace(facts, task=task) for task in facts.tasks if task.template]


def _own(facts: Facts) -> TaskFacts:
    assert facts.task
    return facts.task


def _markdown(given: Sequence[Facts], *, times: int, target: float) -> Comparison:
    """Rendering against templates that are compiled once, with their filters.

    The bare templates have neither a sandbox nor escaping.
    """
    loader = FileSystemLoader(ROOT / "templates")
    environment = Environment(
        loader=loader,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters.update(FILTERS)
    pairs = [(facts, _own(facts).template or "") for facts in given]
    bare = [(facts, environment.get_template(name)) for facts, name in pairs]

    def ours() -> list[str]:
        return [render(name, facts) for facts, name in pairs]

    def theirs() -> list[str]:
        return [_bare(template, facts) for facts, template in bare]

    # bare Jinja2 prints None for missing values, about one word in a hundred
    assert all(_alike(one, other) for one, other in zip(ours(), theirs(), strict=True))
    mine, jinja = side_by_side(_many(ours, times), _many(theirs, times), repeats=RUNS)
    made = times * len(given)
    return Comparison(mine / made, jinja / made, target)


def _bare(template: Template, facts: Facts) -> str:
    # the same names, made again for each document as by `render`, and the same lists at the end
    context = TemplateContext(facts)
    text = template.render(names_for(facts, context))
    return text + context.to_finish() + context.sources()


def _html(given: Sequence[Facts]) -> Comparison:
    texts = [render(_own(facts).template or "", facts) for facts in given]
    reader = (
        MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    )
    pairs = [(partial(_page, text), partial(reader.render, text)) for text in texts]
    timed = [side_by_side(ours, theirs, repeats=RUNS_OF_EACH) for ours, theirs in pairs]
    mine, bare = (sum(times) for times in zip(*timed, strict=True))
    return Comparison(mine / len(texts), bare / len(texts), HTML)


def _page(text: str) -> str:
    # a document that was read just before is not read again
    parsed.cache_clear()
    return to_html(text, title="Title")


def _pdf(facts: Facts) -> Comparison:
    """From facts to pages, against Typst alone with the same program and ready texts."""
    text = render(TEMPLATE, facts)
    metadata = metadata_of(facts, _own(facts))
    # Typst caches words that it has set before, so each run sets new words
    new = count()

    def ours() -> bytes:
        return to_pdf(
            render(TEMPLATE, facts).replace("the", f"the{next(new)}"), metadata
        )

    document = json.dumps({**document_of(text, metadata), "size": SIZES[0]})

    def theirs() -> bytes:
        return compiler().compile(
            document.replace("the", f"the{next(new)}"), day=metadata.day
        )

    return Comparison(*side_by_side(ours, theirs, repeats=RUNS_OF_EACH), PDF)


def _many(make: Callable[[], object], times: int) -> Callable[[], None]:
    def run() -> None:
        for _ in range(times):
            make()

    return run


def _alike(one: str, other: str) -> bool:
    return (
        SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio() > 0.98
    )


def _words(text: str) -> list[str]:
    return unescape(text).replace("\\", "").split()
