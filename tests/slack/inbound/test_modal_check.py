from __future__ import annotations

import logging

import pytest

from launch_kits.errors import LaunchKitsError, Refused
from launch_kits.slack.api.payloads import Submission
from launch_kits.slack.inbound.modal_check import (
    MOST_FAULT,
    at_first_input,
    faults_of_modal,
)
from launch_kits.views import answers

APOLOGY = (
    "Sorry, that went wrong on our side. Please try again; "
    "if it happens again, tell your administrator."
)
SENT = Submission.read(
    {
        "view": {
            "id": "V1",
            "state": {"values": {"product": {"product": {"value": "Heron"}}}},
        }
    }
)


def refused(error: LaunchKitsError) -> str:
    return answers.refusal(error, None, reader=None)


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (Refused("the database is full"), "Not done: the database is full."),
        (Refused("é" * 900), None),
        (OSError("no space left"), APOLOGY),
        (RecursionError("too deep"), APOLOGY),
    ],
    ids=["refused", "long", "system", "ours"],
)
def test_whatever_a_check_raises_is_told_at_the_first_input(
    caplog: pytest.LogCaptureFixture, raised: Exception, said: str | None
) -> None:
    def fail(_: Submission) -> dict[str, str]:
        raise raised

    with caplog.at_level(logging.ERROR):
        told = faults_of_modal(SENT, fail, refusal=refused)["product"]
    assert (told == said) if said else (len(told) <= MOST_FAULT)
    assert bool(caplog.records) is not isinstance(raised, Refused)


def test_a_fine_modal_has_no_faults() -> None:
    assert faults_of_modal(SENT, lambda _: {}, refusal=refused) == {}


def test_a_sentence_is_told_at_the_first_input() -> None:
    assert at_first_input(SENT, "Too late.") == {"product": "Too late."}
