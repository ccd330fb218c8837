from __future__ import annotations

import pytest

from launch_kits.slack.api.faults import (
    NotAllowed,
    RateLimited,
    Rejected,
    TokenRefused,
    Unclear,
    fault_of,
    is_final,
)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (429, "ratelimited", RateLimited),
        (200, "ratelimited", RateLimited),
        (500, "internal_error", Unclear),
        (503, "", Unclear),
        (200, "fatal_error", Unclear),
        (200, "Received a response in a non-JSON format: <html>", Unclear),
        (200, "invalid_auth", TokenRefused),
        (200, "account_inactive", TokenRefused),
        (200, "missing_scope", NotAllowed),
        (200, "channel_not_found", Rejected),
        (200, "is_archived", Rejected),
        (200, "invalid_blocks", Rejected),
        (200, "an_error_of_tomorrow", Rejected),
    ],
)
def test_each_answer_makes_one_fault(status, code, kind):
    assert (
        type(
            fault_of(
                "chat.postMessage", status=status, headers={}, reply={"error": code}
            )
        )
        is kind
    )


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after": "0"}, 1),
        ({"Retry-After": "soon"}, 30),
        ({}, 30),
    ],
)
def test_a_rate_limit_holds_the_seconds_to_wait(headers, seconds):
    fault = fault_of("chat.update", status=429, headers=headers, reply={})
    assert isinstance(fault, RateLimited)
    assert fault.retry_after == seconds


def test_a_rejection_keeps_the_details_of_faulty_blocks():
    fault = fault_of(
        "chat.postMessage",
        status=200,
        headers={},
        reply={"error": "invalid_blocks", "errors": ["too long"]},
    )
    assert str(fault) == "Slack refuses chat.postMessage: invalid_blocks (too long)"


def test_a_missing_scope_is_named_with_its_remedy():
    fault = fault_of(
        "conversations.create",
        status=200,
        headers={},
        reply={"error": "missing_scope", "needed": "groups:write"},
    )
    assert 'scope "groups:write"): grant the permission' in str(fault)
    assert "and install the app again" in str(fault)


@pytest.mark.parametrize(
    ("fault", "final"),
    [
        (Rejected("no", code="channel_not_found"), True),
        (NotAllowed("no"), True),
        (TokenRefused("no"), False),
        (Unclear("lost"), False),
    ],
)
def test_a_refusal_is_final_and_one_of_the_token_is_not(fault, final):
    assert is_final(fault) is final
