"""The form that decides whether a launch goes."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.slack.messages.blocks import paragraph
from launch_kits.slack.messages.forms import View, modal, radio_buttons, text_input
from launch_kits.views.notices.text import clean, cut
from launch_kits.views.reader import listed

__all__ = ["GO", "decide_modal"]

#: the values of the decision
GO = "go"
NO_GO = "no-go"
#: reasons that are named; more are counted
MOST_REASONS = 12
#: characters of a reason, and of a note
MOST_REASON = 200
MOST_NOTE = 1000


def decide_modal(
    subject: str, *, reasons: Sequence[str], concerns: Sequence[str], private: str
) -> View:
    """Return the form for a decision about ``subject``.

    ``reasons`` prevent a go, ``concerns`` do not.
    """
    return modal(
        "Go or no-go",
        [
            paragraph(subject),
            _listed("It cannot go yet:", reasons),
            _listed("Good to know:", concerns),
            radio_buttons(
                "decision", "Your decision", [(GO, "Go"), (NO_GO, "No-go, not yet")]
            ),
            text_input("note", "Why?", optional=True, lines=True, most=MOST_NOTE),
        ],
        name="task_decide",
        private=private,
        submit="Decide",
        close="Cancel",
    )


def _listed(title: str, lines: Sequence[str]) -> dict[str, object] | None:
    if not lines:
        return None
    points = (f"• {cut(clean(line), MOST_REASON)}" for line in lines)
    return paragraph("\n".join([title, *listed(points, most=MOST_REASONS)]))
