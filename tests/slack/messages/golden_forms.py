"""Every form and every answer to one person: cases of the golden renderings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.errors import NotReady, NotYours, Refused
from launch_kits.plan import Missed
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
)
from launch_kits.verbs import ExtensionPreview, ExtensionVerdict
from launch_kits.verbs.extension_effects import Effect, LateAnchor
from launch_kits.views import answers
from launch_kits.views.notices.task_notice import TaskNotice
from tests.slack.views import READER, launch, notice, task

PLACE = ActionPlace(launch="valkey-9", task="battlecard:redis", channel="D1", ts="1.1")
DUE = date(2027, 2, 4)
PICKED = date(2027, 2, 11)
EFFECT = Effect(
    (Missed("training", 2), Missed("gone", 1)),
    (LateAnchor("launch", date(2027, 3, 2), date(2027, 3, 4)),),
)


def forms() -> Iterator[tuple[str, dict[str, object]]]:
    """Name and view of every modal, and of every answer that one person sees."""
    plain = _about(task())
    reviewed = _about(task(approver="legal@example.com"))
    late = _about(task(overdue=True, due=date(2027, 1, 28)))
    checks = [("sales.cards", "Cards are read"), ("sales.trained", "Sellers trained")]
    yield "done", done_modal(plain, PLACE)
    yield "done, with an approver", done_modal(reviewed, PLACE, checks=checks)
    yield "blocked", block_modal(late, PLACE, hears="Product lead is told now.")
    yield "send back", reject_modal(reviewed, PLACE)
    yield "refuse more time", reject_modal(reviewed, replace(PLACE, until="2027-02-11"))
    for verdict in ExtensionVerdict:
        for effect in (Effect((), ()), EFFECT):
            preview = ExtensionPreview(
                until=PICKED,
                due=DUE,
                expected=date(2027, 2, 1),
                verdict=verdict,
                effect=effect,
            )
            name = f"more time, {verdict}, {'harms' if effect.harms else 'no harm'}"
            yield name, extend_modal(plain, PLACE, picked=PICKED, preview=preview)
    said = "Pick a day that is not past."
    yield (
        "more time, refused",
        extend_modal(plain, PLACE, picked=PICKED, preview=None, refused=said),
    )
    for name, text in _answers():
        found = note(text)
        yield f"answer: {name}", {"text": found.text, "blocks": list(found.blocks)}


def _answers() -> Iterator[tuple[str, str]]:
    found = task()
    view = launch(found, task("legal", "Legal review"))
    people = ["legal@example.com", "lead@example.com"]
    yield "not yours", answers.not_yours(view, found, people, reader=READER)
    for error in (
        Refused('task "battlecard:redis" waits for legal'),
        Refused(
            'task "legal" is done; `begin` needs ready; `launch-kits status` shows it'
        ),
        Refused("the day 2027-02-01 is past; use a value like 2027-02-12"),
        NotReady("valkey-9 (legal) cannot go while a hard gate is open", ("Cards",)),
        NotYours("x may not", act='begin "Legal review"', people=people),
    ):
        yield f"refusal: {error}", answers.refusal(error, view, reader=READER)
    for status in (TaskStatus.DONE, TaskStatus.DROPPED):
        yield f"over: {status}", str(answers.over(view, replace(found, status=status)))
    ended = launch(found, status=LaunchStatus.CANCELLED)
    yield "over: cancelled", str(answers.over(ended, found))
    for outcome in ("battlecard:redis is under way", "battlecard:redis is done"):
        yield outcome, answers.for_people(outcome, view, reader=READER)


def _about(found: object) -> TaskNotice:
    view = launch(found, task("training", "Sales training"))
    return TaskNotice(notice(), view, found, READER)
