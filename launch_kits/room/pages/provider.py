"""The way to the OpenID provider and back."""

from __future__ import annotations

from secrets import compare_digest

from launch_kits.errors import NotFound, Refused
from launch_kits.room.asked import Redirect, RoomRequest
from launch_kits.room.oidc import CALLBACK, OpenIdFlow
from launch_kits.room.page import page
from launch_kits.room.pages.sign_in import end_own
from launch_kits.room.returning import own_address, way_back
from launch_kits.room.sessions import open_session
from launch_kits.room.visitors import SignInMethod

__all__ = ["BACK", "START"]


def _start(asked: RoomRequest) -> Redirect:
    """Send a visitor to the provider, and keep the secrets of the sign-in in a cookie."""
    provider = asked.room.provider
    if provider is None:
        raise NotFound("no OpenID provider is set; open the launch room another way")
    asked.must_not_guess()
    flow = OpenIdFlow.begin(way_back(asked, "/me"))
    return Redirect(provider.address(flow), flow=flow.pack())


def _back(asked: RoomRequest) -> Redirect:
    """Take a visitor back who has signed in at the provider."""
    provider = asked.room.provider
    flow = OpenIdFlow.read(asked.flow)
    asked.must_not_guess()
    if provider is None or flow is None:
        raise Refused("this sign-in is over; sign in once more")
    if not compare_digest(flow.state.encode(), asked.wanted("state").encode()):
        raise Refused("this sign-in was begun elsewhere; sign in once more")
    if asked.wanted("error") or not asked.wanted("code"):
        raise Refused("the provider did not sign you in; sign in once more")
    email = provider.email(flow, asked.wanted("code"), now=asked.now)
    end_own(asked)
    secret = open_session(
        asked.room.store, email, method=SignInMethod.OIDC, now=asked.now
    )
    # the cookie is the browser's word alone
    back = own_address(flow.back) or "/me"
    return Redirect(back, said=f"You act as {email}.", session=secret, flow="")


START = page("/oidc/start", without_sign_in=True)(_start)
BACK = page(CALLBACK, without_sign_in=True)(_back)
