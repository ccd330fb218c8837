"""The steps that every command which changes a launch shares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from launch_kits.cli.options import clock, open_store, say, tell, warn
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line, visible
from launch_kits.workdays.in_words import day, days_in

if TYPE_CHECKING:
    from launch_kits.board.follow_up import FollowUp
    from launch_kits.database.store import Store
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.verbs import Change, Outcome
    from launch_kits.verbs.plan_effect import PlanEffect

OutcomeOf = TypeVar("OutcomeOf", bound="Outcome")
Found = TypeVar("Found")

__all__ = [
    "carry_out",
    "carry_out_as_json",
    "carry_out_if_applied",
    "carry_out_or_try",
    "follow_up",
    "refuse_now",
    "say_effect",
    "say_follow_up",
    "say_shortage",
    "to_stderr",
]


def carry_out(
    slug: str, now: datetime | None, verb: Callable[[Store, datetime], Outcome]
) -> None:
    """Carry out a verb, print its message, follow it up."""
    _carried_out(slug, now, verb, show=_show)


def carry_out_or_try(
    slug: str,
    now: datetime | None,
    verb: Callable[[Store | Change, datetime], Outcome],
    *,
    dry_run: bool,
) -> None:
    """Carry out a verb as `carry_out` does, or try it: print its effect and change nothing."""
    if not dry_run:
        carry_out(slug, now, verb)
        return
    from launch_kits.verbs.trial import trying

    instant = clock(now)
    with trying(open_store(Settings.read()), slug, now=instant) as change:
        outcome = verb(change, instant)
    tell("This would happen; nothing is changed:")
    _show(outcome)


def carry_out_as_json(
    slug: str,
    now: datetime | None,
    verb: Callable[[Store, datetime], OutcomeOf],
    *,
    as_json: Callable[[OutcomeOf], object],
) -> None:
    """Carry out a verb, print its outcome as JSON, follow it up."""
    from launch_kits.cli import output

    _carried_out(slug, now, verb, show=lambda found: output.as_json(as_json(found)))


def _show(outcome: Outcome) -> None:
    for warning in outcome.warnings:
        warn(warning)
    tell(days_in(outcome.message))
    for hint in outcome.hints:
        tell(hint)
    if outcome.effect is not None:
        say_effect(outcome.effect)


def _carried_out(
    slug: str,
    now: datetime | None,
    verb: Callable[[Store, datetime], OutcomeOf],
    *,
    show: Callable[[OutcomeOf], None],
) -> None:
    carry_out_if_applied(
        now,
        verb,
        applied=True,
        show=show,
        changed=lambda outcome: [slug] if outcome.changed else [],
    )


def carry_out_if_applied(
    now: datetime | None,
    verb: Callable[[Store, datetime], Found],
    *,
    applied: bool,
    show: Callable[[Found], None],
    changed: Callable[[Found], Iterable[str]],
) -> None:
    """Carry out a verb or its preview, show the result, follow up each launch that it changed.

    ``verb`` is the preview unless ``applied``; nothing is followed up then. ``changed`` names the
    launches. Raises Refused for `--now` with a Prefect server.
    """
    settings = Settings.read()
    if applied:
        refuse_now(settings, now)
    store = open_store(settings)
    instant = clock(now)
    found = verb(store, instant)
    show(found)
    for slug in changed(found) if applied else ():
        follow_up(store, slug, settings=settings, now=instant)


def refuse_now(settings: Settings, now: datetime | None) -> None:
    """Refuse `--now` with a Prefect server, which keeps the clock.

    Raises Refused.
    """
    from launch_kits.board.address import api_url

    if now is not None and api_url(settings):
        remedy = (
            "unset PREFECT_API_URL"
            if settings.prefect_api_url
            else f"stop the `up` that runs on {settings.home}, or set another LAUNCH_KITS_HOME"
        )
        raise Refused(
            f"--now has no effect with a Prefect server, whose runs go by the clock; {remedy}"
        )


def follow_up(store: Store, slug: str, *, settings: Settings, now: datetime) -> None:
    """Follow up a change, and print the warnings."""
    from launch_kits.board.follow_up import follow_up as run

    say_follow_up(run(store, slug, settings=settings, now=now, write=to_stderr))


def say_follow_up(found: FollowUp) -> None:
    """Print the warnings and notes of a follow-up."""
    for warning in found.warnings:
        warn(warning)
    for note in found.notes:
        say(f"note: {one_line(note)}")


def say_effect(effect: PlanEffect) -> None:
    """Say on which day a changed launch lands, who is told, and whether people have time."""
    from launch_kits.views.landing import landing_after
    from launch_kits.views.passed_plans import replanned_in_words

    if not effect.over:
        tell(f"{landing_after(effect.lands_before, effect.lands_on, day=day)}.")
    if effect.replanned:
        tell(replanned_in_words(effect.replanned))
    tell(f"Told: {', '.join(effect.told) or 'no one'}.")
    say_shortage(effect.levelled)


def say_shortage(levelled: LevelledPlan | None, *, launch: str | None = None) -> None:
    """Print a warning if the planned dates do not hold, with the remedy.

    ``launch`` is named, if the command changes several.
    """
    from launch_kits.views.levelled import shortage

    sentence = shortage(levelled) if levelled else None
    if sentence:
        warn(f"{launch}: {sentence}" if launch else sentence)


def to_stderr(text: str) -> None:
    """Print a line of a notice to standard error."""
    print(visible(text), file=sys.stderr)
