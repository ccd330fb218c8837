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
def up(auth: bool) -> None:
    """Run everything on this machine.

    Prefect server and UI, the flows, the HTTP port. Ctrl-C stops it.
    """
    from launch_kits.server.up import up as run

    run(Settings.read(), auth=auth)
