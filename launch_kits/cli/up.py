"""The command `up`."""

from __future__ import annotations

import click

from launch_kits.settings import Settings

__all__ = ["up"]


@click.command()
@click.option(
    "--auth",
    is_flag=True,
    help="Have Prefect ask for a password, which is made and kept in a file of HOME.",
)
@click.option(
    "--without-prefect",
    is_flag=True,
    help="Serve only the launch room and Slack; workers of the PREFECT_API_URL server run flows.",
)
def up(auth: bool, without_prefect: bool) -> None:
    """Run everything on this machine.

    Prefect server and UI, the flows, the launch room, the Slack app. Ctrl-C stops it.
    """
    from launch_kits.room.routes import LaunchRoom
    from launch_kits.room.visitors import must_know_visitors
    from launch_kits.server.up import up as run

    settings = Settings.read()
    must_know_visitors(settings)
    room = LaunchRoom(settings)
    try:
        run(
            settings,
            auth=auth,
            serve_flows=not without_prefect,
            routes=room.routes,
            error_page=room.error_page,
        )
    finally:
        room.close()
