"""Style sheet, scripts and icon, served under names that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

__all__ = ["address_of", "asset_route"]

#: the files that are served, and their types
TYPES = {
    "room.css": "text/css; charset=utf-8",
    "room.js": "text/javascript; charset=utf-8",
    "htmx-4.0.1.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
#: an address is never used again for another content
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def _content(name: str) -> bytes:
    return files("launch_kits.room").joinpath("static", name).read_bytes()


@cache
def address_of(name: str) -> str:
    """The address of a file."""
    digest = hashlib.sha256(_content(name)).hexdigest()[:16]
    return f"/static/{digest}/{name}"


def asset_route() -> Route:
    """Make the route of the files."""

    def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in TYPES or request.url.path != address_of(name):
            raise HTTPException(404)
        headers = {"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"}
        return Response(_content(name), headers=headers, media_type=TYPES[name])

    return Route("/static/{digest}/{name}", asset)
