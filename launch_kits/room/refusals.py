"""Refusals in words: the title of their page, its sentence, and the status of an error."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from launch_kits.errors import DatabaseError, LaunchKitsError, NotFound, NotYours
from launch_kits.room.asked import TooMany

__all__ = [
    "FORGED",
    "NO_DATABASE",
    "UNKNOWN",
    "sentence_of",
    "status_of",
    "title_of",
    "too_long",
]

UNKNOWN: Final = (
    "The launch room does not know who you are. "
    "Open it through the address that your team uses, or on the machine that it runs on."
)
FORGED: Final = (
    "Nothing was changed: the form did not come from this page, or the page is old. "
    "Go back, load the page again, and send the form once more."
)
NO_DATABASE: Final = (
    "The database cannot be reached. "
    "On the machine, the command launch-kits status says why."
)
_TITLES: Final[Mapping[HTTPStatus, str]] = {
    HTTPStatus.UNAUTHORIZED: "Sign in",
    HTTPStatus.FORBIDDEN: "Not yours",
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.METHOD_NOT_ALLOWED: "Not possible",
    HTTPStatus.REQUEST_TIMEOUT: "Not finished",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Too large",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many attempts",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available",
}
#: the text of a request that no page answers
_SENTENCES: Final[Mapping[HTTPStatus, str]] = {
    HTTPStatus.NOT_FOUND: (
        "The launch room has no page at this address. Look for a typing mistake in it."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "Some addresses show a page, others take a form; this one was used the other way. "
        "Go back to the page that you came from."
    ),
    HTTPStatus.REQUEST_TIMEOUT: (
        "Nothing was changed: the request did not arrive whole. Send it once more."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "Nothing was changed: the form is larger than 1 MB. Go back and shorten its texts."
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "The launch room could not answer. If you sent a form, look first whether its change is "
        "there; then try again. The log on the machine that it runs on says why."
    ),
}
_OTHERWISE: Final = "The launch room cannot answer this request. Go back and try again."
_STATUSES: Final[Mapping[type[LaunchKitsError], HTTPStatus]] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotYours: HTTPStatus.FORBIDDEN,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    DatabaseError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def title_of(status: HTTPStatus) -> str:
    """The title of the page of a refusal."""
    return _TITLES.get(status, "Not done")


def sentence_of(status: HTTPStatus) -> str:
    """Tell why no page answers a request."""
    return _SENTENCES.get(status, _OTHERWISE)


def status_of(error: LaunchKitsError) -> HTTPStatus:
    """The status of an answer that tells of an error."""
    found = (status for kind, status in _STATUSES.items() if isinstance(error, kind))
    return next(found, HTTPStatus.CONFLICT)


def too_long(most: int) -> str:
    """Tell that a text of a form is longer than ``most`` characters."""
    return (
        f"Nothing was changed: a text is too long. Use at most {most:,} characters; "
        "go back to shorten it."
    )
