"""The page on which the operator chooses who they are, and the end of a session."""

from __future__ import annotations

from launch_kits.errors import NotFound, Refused
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.page import act, page
from launch_kits.room.people import known_people, zone_of
from launch_kits.room.returning import way_back
from launch_kits.room.sessions import end_session, open_session, sessions_of
from launch_kits.room.visitors import SignInMethod

__all__ = ["CHOOSE", "END", "SIGN_IN", "SIGN_OUT", "end_own"]


def _sign_in(asked: RoomRequest) -> Shown:
    email = asked.visitor.email
    sessions = []
    if email is not None and asked.visitor.session:
        sessions = [*sessions_of(asked.room.store, email, now=asked.now)]
    values = {
        "people": known_people(asked),
        "chooses": asked.visitor.method is SignInMethod.OPERATOR,
        "sessions": sessions,
        "zone": zone_of(asked, email) if email else None,
        "next": way_back(asked, ""),
    }
    return Shown("sign_in.html", values)


def _choose(asked: RoomRequest) -> Redirect:
    """Sign the operator in as a member of a team."""
    if asked.visitor.method is not SignInMethod.OPERATOR:
        raise Refused("your team's sign-in tells who you are; nothing is to be chosen")
    asked.must_not_guess()
    wanted = asked.field("email").lower()
    known = {email.lower(): (email, name) for email, name, _ in known_people(asked)}
    if wanted not in known:
        raise NotFound("no running launch has this person in its team; choose another")
    email, name = known[wanted]
    end_own(asked)
    secret = open_session(
        asked.room.store, email, method=SignInMethod.OPERATOR, now=asked.now
    )
    return Redirect(way_back(asked, "/me"), said=f"You act as {name}.", session=secret)


def _sign_out(asked: RoomRequest) -> Redirect:
    end_own(asked)
    return Redirect("/launches", said="You are signed out.", session="")


def end_own(asked: RoomRequest) -> None:
    """Revoke the session of the visitor's browser, which gets a new one or none."""
    if asked.visitor.session and asked.visitor.email:
        end_session(
            asked.room.store,
            asked.visitor.session,
            email=asked.visitor.email,
            now=asked.now,
        )


def _end(asked: RoomRequest) -> Redirect:
    """Revoke another session of the visitor."""
    digest = asked.names["digest"]
    if not end_session(asked.room.store, digest, email=asked.email, now=asked.now):
        raise NotFound("this session is over already")
    return Redirect("/sign-in", said="The session is over.")


SIGN_IN = page("/sign-in")(_sign_in)
CHOOSE = act("/sign-in")(_choose)
SIGN_OUT = act("/sign-out")(_sign_out)
END = act("/sessions/{digest}/end")(_end)
