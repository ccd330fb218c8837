"""The forms about a launch, its checks and its tasks: cases of the golden renderings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from launch_kits.claims.doubtable import DoubtableLine, faq_ref, of_entry
from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.database.records import Question
from launch_kits.inputs.brief_parts import Faq
from launch_kits.inputs.ledger import Claim
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.members import Member
from launch_kits.slack.inbound.start_form import start_modal
from launch_kits.slack.messages.card_forms import (
    card_change_form,
    concede_form,
    flag_form,
    uphold_form,
)
from launch_kits.slack.messages.changes import (
    due_lines,
    late_line,
    lines,
    told_line,
)
from launch_kits.slack.messages.decide_form import decide_modal
from launch_kits.slack.messages.desk_forms import (
    answer_form,
    answered_message,
    ask_form,
    known_message,
    put_message,
)
from launch_kits.slack.messages.edit_form import confirm_modal, edit_modal
from launch_kits.slack.messages.gates_form import (
    GateOffer,
    GateWords,
    check_modal,
    gates_message,
    gates_modal,
    uncheck_modal,
    waive_modal,
)
from launch_kits.slack.messages.launch_forms import (
    add_modal,
    cancel_modal,
    invite_modal,
    move_modal,
    undo_modal,
)
from launch_kits.slack.messages.task_forms import (
    drop_modal,
    reassign_modal,
    reopen_modal,
    subject_of,
    tick_modal,
)
from launch_kits.views.notices.task_notice import TaskNotice
from tests.slack.views import NOW, READER, due_moved, launch, notice, task

PRODUCT = "Valkey 9.0"
P = "p"
OWNER = "pmm@example.com"
LEAD = "lead@example.com"
COUNSEL = "legal@example.com"
OTHERS = [("legal", "Legal review"), ("training", "Sales training")]
LINK = "https://x.example/results?a=1&b=2"
CLAIM = Claim(id="y1", claim="It is under the BSD licence", src=("licence",))
ENTRY = faq_ref("Does it run on Windows?")


def launch_forms() -> Iterator[tuple[str, dict[str, object]]]:
    """Name and view of every form that changes a launch, a check, or the plan of a task."""
    yield from _of_gates()
    yield from _of_tasks()
    yield from _previews()
    yield (
        "move",
        move_modal(
            PRODUCT, launch_on=date(2027, 3, 2), day=_day(date(2027, 3, 2)), private=P
        ),
    )
    roles = [("pmm", "Product marketing"), ("lead", "Product lead")]
    yield "add", add_modal(PRODUCT, roles=roles, tasks=OTHERS, private=P)
    told = told_line([OWNER, COUNSEL], reader=READER)
    did = "Product lead moved the launch to Tue 9 Mar."
    yield "undo", undo_modal(PRODUCT, did=did, private=P)
    yield "cancel", cancel_modal(PRODUCT, told=told, private=P)
    place = ActionPlace(launch="valkey-9")
    line = "It is under the BSD licence"
    yield "ask", ask_form(place, product=PRODUCT)
    claim = DoubtableLine("redis.y1", "redis", "Redis Open Source", line, CLAIM)
    entry = of_entry(Faq(ask="Does it run on Windows?", answer="On <Linux> alone."))
    for name, doubtable in (("", claim), (", of the FAQ", entry)):
        yield f"that was wrong{name}", flag_form(place, line=doubtable)
        yield f"it holds{name}", uphold_form(place, line=doubtable)
        yield f"it is wrong{name}", concede_form(place, line=doubtable)
    yield "needs a change", card_change_form(place, name="Redis Open Source")
    yield from _of_desk(place, line)
    names = ["Product marketing", "Counsel"]
    yield (
        "invite",
        invite_modal(PRODUCT, names=names, private=P),
    )


def _of_desk(place: ActionPlace, line: str) -> Iterator[tuple[str, dict[str, object]]]:
    asked = Question(text="Does it run on Windows & <ARM>?")
    doubt = Question(text=line, about="redis.y1")
    yield "answer", answer_form(place, asked, asker="Sam", product=PRODUCT)
    doubts = [("Sam", "Its <licence> changed"), ("Ann", None)]
    yield (
        "answer to a doubt",
        answer_form(
            place, doubt, asker="Ann", product=PRODUCT, card="Redis", doubts=doubts
        ),
    )
    member = Member(email=LEAD, name="Product lead", timezone="Europe/Berlin")
    yield "start", start_modal([("bare", "A bare kit")], member, place)
    put = {"owner": "Counsel", "due_at": NOW, "reader": READER}
    known = KnownAnswer(ENTRY, asked.text, "On <Linux> alone", "the FAQ", stated=LINK)
    said = "The lead decides whether it comes into the FAQ."
    answers = {
        "asked": put_message(asked.text, **put, again=False),
        "asked again": put_message(asked.text, **put, again=True),
        "asked again, late": put_message(asked.text, **put, again=True, late=True),
        "known answer": known_message(known, launch="valkey-9", number=7),
        "answered": answered_message(
            launch="valkey-9", number=7, askers=["Sam"], can_be_proposed=True
        ),
        "answered for two": answered_message(
            launch="valkey-9", number=7, askers=["Sam", "Ann"], can_be_proposed=False
        ),
        "answered and proposed": answered_message(
            launch="valkey-9",
            number=7,
            askers=["Sam"],
            can_be_proposed=False,
            said=said,
        ),
    }
    for name, told in answers.items():
        yield name, {"text": told.text, "blocks": list(told.blocks)}


def _of_gates() -> Iterator[tuple[str, dict[str, object]]]:
    words = GateWords(
        "valkey-9", PRODUCT, READER.today, READER, {"battlecard:redis": "Battlecard"}
    )
    checks = (
        CheckState(1, "Cards are read", evidence=False, key="cards"),
        CheckState(2, "Results are public", evidence=True, key="results"),
        CheckState(
            3,
            "Sellers are trained",
            evidence=True,
            key="trained",
            tasks=("battlecard:redis",),
            waits_for=("battlecard:redis",),
        ),
        CheckState(
            4,
            "Prices are agreed",
            evidence=True,
            key="prices",
            checked_by=COUNSEL,
            checked_at=NOW,
            link=LINK,
        ),
        CheckState(
            5,
            "Partners are ready",
            evidence=False,
            key="partners",
            waived_by=LEAD,
            waived_until=date(2027, 2, 12),
            waived_why="The partner <portal> opens later",
        ),
    )
    hard = GateState(
        "sales",
        "Sales can sell it",
        OWNER,
        hard=True,
        before_launch=True,
        checks=checks,
    )
    soft = replace(hard, title="Support can answer", hard=False, checks=checks[:1])
    met = replace(hard, title="Law has agreed", checks=checks[3:4])
    actions = {
        "cards": ("gate_check", "gate_waive"),
        "results": ("gate_check", "gate_waive"),
        "prices": ("gate_uncheck",),
    }
    gates = (hard, soft, met)
    verdict = "Not ready: 3 checks are open that the launch waits for."
    yield (
        "gates",
        gates_modal(
            words,
            [GateOffer(each, actions) for each in gates],
            verdict=verdict,
            private=P,
        ),
    )
    told = gates_message(words, gates, verdict=verdict, decides=True)
    yield "gates, as a message", {"text": told.text, "blocks": list(told.blocks)}
    none = gates_message(words, (), verdict="", decides=True)
    yield "gates, none", {"text": none.text, "blocks": list(none.blocks)}
    yield "tick a check", check_modal(words, checks[1], private=P)
    yield "take a check back", uncheck_modal(words, checks[3], private=P)
    until = date(2027, 2, 12)
    found = waive_modal(words, checks[0], until=until, holds_launch=True, private=P)
    yield "let a check pass", found
    reasons = ["Sales can sell it: Cards are read", "Results are public"]
    yield (
        "decide, not ready",
        decide_modal(
            PRODUCT, reasons=reasons, concerns=["2 tasks are late"], private=P
        ),
    )
    yield "decide, ready", decide_modal(PRODUCT, reasons=[], concerns=[], private=P)


def _of_tasks() -> Iterator[tuple[str, dict[str, object]]]:
    shown = task(ticked=("Every claim has a source",))
    about = TaskNotice(notice(), launch(shown), shown, READER)
    waits = ['"Sales training" no longer waits for it.']
    none = ["No other task waits for it."]
    yield "hand over", reassign_modal(about, private=P)
    yield "leave out", drop_modal(about, effects=waits, private=P)
    yield "leave out, no effect", drop_modal(about, effects=none, private=P)
    again = ['"Sales training" waits for it.']
    yield "take up again", reopen_modal(about, effects=again, private=P)
    yield "checklist", tick_modal(about, private=P)
    yield "edit", edit_modal(about, others=OTHERS, dated=True, private=P)
    yield (
        "edit, as its owner",
        edit_modal(about, others=OTHERS, dated=False, private=P),
    )


def _previews() -> Iterator[tuple[str, dict[str, object]]]:
    shown = task()
    about = TaskNotice(notice(), launch(shown), shown, READER)
    moves = [
        due_moved("Legal review", COUNSEL, date(2027, 2, 4), date(2027, 2, 3)),
        due_moved("Sales training", "ann@example.com", date(2027, 2, 9), READER.today),
    ]
    moved = due_lines(moves, reader=READER)
    told = told_line([each.owner for each in moves], reader=READER)
    late = late_line({"Legal review": 2, "Sales training": 1}, title=str)
    notes = lines(["Thu 11 Feb is a day off; the work day before counts."])
    days = f"Launch day: {_day(date(2027, 3, 2))} → {_day(date(2027, 3, 9))}."
    fine = ["The work can be done by then.", moved, told]
    soon = (
        "Too soon: 3 working days are missing. "
        "The earliest day that works by the dates alone is "
    )
    tight = [f"{soon}{_day(date(2027, 3, 12))}.", "No due day moves.", notes, told]
    for name, parts, submit in (
        ("in time", fine, "Move it"),
        ("too soon", tight, "Move it anyway"),
    ):
        yield (
            f"preview of a move, {name}",
            confirm_modal(
                "Move the launch",
                f"{PRODUCT}\n{days}",
                parts,
                name="launch_move_now",
                private=P,
                submit=submit,
            ),
        )
    yield (
        "preview of a task to add",
        confirm_modal(
            "Add a task",
            f'"Partner deck"\n{PRODUCT}',
            ["It is due Thu 4 Feb, with Counsel.", moved, notes, told],
            name="launch_add_now",
            private=P,
            submit="Add it",
        ),
    )
    yield (
        "preview of an edit",
        confirm_modal(
            "Edit the task",
            subject_of(about),
            [["Work: 3 working days → 5 working days"], moved, late, notes, told],
            name="task_edit_now",
            private=P,
            submit="Change it anyway",
        ),
    )
    nobody = told_line([], reader=READER)
    yield (
        "preview of an edit, without effect",
        confirm_modal(
            "Edit the task",
            subject_of(about),
            [['Title: "Card" → "Battlecard"'], [], "", nobody],
            name="task_edit_now",
            private=P,
            submit="Change it",
        ),
    )


def _day(day: date) -> str:
    return READER.day(day)
