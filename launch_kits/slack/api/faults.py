"""The faults of calls to Slack.

SlackFault            one call failed; its text names the fault and the remedy
├── Rejected          Slack will never accept the call as it is
├── RateLimited       Slack accepts the call later
├── Unclear           Slack may have carried out the call or not
│   └── ReadInPart    there are more pages than are read
└── NotAllowed        the app lacks a permission
    └── TokenRefused  Slack does not accept the token for any call
"""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits.views.notices.channel import NotSent

__all__ = [
    "NotAllowed",
    "RateLimited",
    "ReadInPart",
    "Rejected",
    "SlackFault",
    "TokenRefused",
    "Unclear",
    "fault_of",
    "is_final",
]

#: https://docs.slack.dev/reference/methods/chat.postMessage#errors
TOKEN = frozenset(
    [
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    ]
)
PERMISSION = frozenset(
    [
        "ekm_access_denied",
        "enterprise_is_restricted",
        "missing_scope",
        "no_permission",
        "team_access_not_granted",
    ]
)
#: according to Slack, the call may have succeeded in part
PASSING = frozenset(
    [
        "fatal_error",
        "internal_error",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    ]
)
LIMITED = frozenset({"rate_limited", "ratelimited"})

#: seconds to wait if Slack does not say how long
DEFAULT_WAIT = 30.0


class SlackFault(NotSent):
    """One call to Slack failed."""


class Rejected(SlackFault):
    """Slack will never accept the call as it is; ``code`` is Slack's reason."""

    def __init__(self, text: str, *, code: str) -> None:
        super().__init__(text)
        self.code = code


class RateLimited(SlackFault):
    """Slack has not carried out the call, and accepts it after ``retry_after`` seconds.

    ``limit`` is the name of the limit.
    """

    def __init__(self, text: str, *, retry_after: float, limit: str = "") -> None:
        super().__init__(text)
        self.retry_after = retry_after
        self.limit = limit


class Unclear(SlackFault):
    """Slack may have carried out the call or not: the reply was lost or came too late.

    ``settles_in`` is the number of seconds to wait before checking, because a request that timed
    out may still be at work.
    """

    def __init__(self, text: str, *, settles_in: float = 0.0) -> None:
        super().__init__(text)
        self.settles_in = settles_in


class ReadInPart(Unclear):
    """Slack has more pages than are read."""


class NotAllowed(SlackFault):
    """The app lacks a permission; an administrator has to grant it."""


class TokenRefused(NotAllowed):
    """Slack does not accept the token, so no call can succeed."""


def is_final(fault: SlackFault) -> bool:
    """Whether the call would fail again; a token that was refused may be replaced."""
    final = isinstance(fault, (NotAllowed, Rejected))
    return final and not isinstance(fault, TokenRefused)


def fault_of(
    method: str, *, status: int, headers: Mapping[str, str], reply: Mapping[str, object]
) -> SlackFault:
    """Make the fault of an answer from Slack.

    Names in ``headers`` are case-insensitive. Returns the fault for the caller to raise.
    """
    code = str(reply.get("error") or "")
    if status == 429 or code in LIMITED:  # noqa: PLR2004  Too Many Requests
        wait = _seconds(
            {name.lower(): value for name, value in headers.items()}.get("retry-after")
        )
        return RateLimited(
            f"Slack limits {method}: again in {wait:g} s", retry_after=wait
        )
    if status >= 500 or code in PASSING or not code.replace("_", "").isalnum():  # noqa: PLR2004  server errors
        reason = f", {code[:80]}" if code else ""
        return Unclear(f"Slack failed on {method} (HTTP {status}{reason})")
    if code in TOKEN:
        return TokenRefused(
            f"Slack refuses the token ({code}): "
            "set SLACK_BOT_TOKEN to the bot token of an installed app; "
            "until then nothing is sent, and nothing is lost"
        )
    if code in PERMISSION:
        needed = f', scope "{reply["needed"]}"' if reply.get("needed") else ""
        return NotAllowed(
            f"the Slack app may not call {method} ({code}{needed}): "
            "grant the permission and install the app again"
        )
    return Rejected(f"Slack refuses {method}: {code}{_details(reply)}", code=code)


def _seconds(text: str | None) -> float:
    try:
        return max(1.0, float(text or DEFAULT_WAIT))
    except ValueError:
        return DEFAULT_WAIT


def _details(reply: Mapping[str, object]) -> str:
    """Slack's details beyond the code, such as the faulty block."""
    errors = reply.get("errors")
    if not isinstance(errors, list) or not errors:
        return ""
    return f" ({'; '.join(str(error) for error in errors[:3])[:300]})"
