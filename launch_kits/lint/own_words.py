"""Our own words to customers: promises that need a source, and messages that are left out."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.claims.own_word import needs_source
from launch_kits.errors import Fault
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.content import LENGTHS
from launch_kits.lint.subject import LintSubject

__all__ = ["messages", "promises"]


def promises(subject: LintSubject) -> Iterator[Fault]:
    """Yield our own words that readers outside do not get."""
    brief = subject.brief
    for at, promise in enumerate(brief.commitments):
        why = needs_source(promise.text, brief)
        if why and promise.source is None and promise.audience is not Audience.INTERNAL:
            message = (
                f"{why}, so {promise.audience} readers do not get this promise; "
                "name its source, or promise less"
            )
            where = ("commitments", at)
            yield subject.source.fault(where, "promise-without-source", message)
    for at, faq in enumerate(brief.faq):
        why = needs_source(f"{faq.ask} {faq.answer}", brief) if faq.own_word else None
        if why and not faq.proof and faq.source is None:
            message = (
                f"{why}, which is more than our own word; "
                "name its proof or source, and take own_word out"
            )
            yield subject.source.fault(
                ("faq", at, "own_word"), "promise-without-source", message
            )


def messages(subject: LintSubject) -> Iterator[Fault]:
    """Yield a warning if the message in ten words is missing.

    A brief without themes is at its beginning, and a kit without documents prints none.
    """
    brief = subject.brief
    documents = any(task.document for _, task in subject.kit.tasks())
    if brief.messages.ten or not brief.positioning.themes or not documents:
        return
    lacking = [length for length in LENGTHS if not getattr(brief.messages, length)]
    message = (
        f"without messages ({', '.join(lacking)}) documents print the value statement or the "
        "summary in their place; write `messages`, `ten` first: it is the headline"
    )
    yield subject.source.fault(("messages",), "message-left-out", message)
