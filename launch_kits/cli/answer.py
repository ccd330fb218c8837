"""The command `answer`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import by_option, now_option, open_store
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome

__all__ = ["answer", "launch_of", "number_argument"]

#: the numbers of questions that every database takes
number_argument = click.argument(
    "number", metavar="ID", type=click.IntRange(1, 2**31 - 1)
)


def launch_of(number: int) -> str:
    """The launch that a question is about; raises NotFound."""
    from launch_kits.verbs.desk_rows import launch_of_question

    return launch_of_question(open_store(Settings.read()), number)


@click.command()
@number_argument
@click.option("--text", metavar="TEXT", required=True, help="The answer.")
@click.option(
    "--source",
    metavar="LINK|CLAIM|TEXT",
    help="Its source: a link, a claim such as redis.y3, or a few words.",
)
@by_option
@now_option
def answer(
    number: int, text: str, source: str | None, by: str | None, now: datetime | None
) -> None:
    """Answer a question of the answer desk; `desk` lists them with their IDs.

    The person who asked is told, and so is the launch's channel.
    """
    from launch_kits import verbs

    def run(store: Store, at: datetime) -> Outcome:
        return verbs.answer(store, number, text=text, source=source, by=by, now=at)

    carry_out(launch_of(number), now, run)
