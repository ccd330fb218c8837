"""The application: its commands, and the one place where errors become words."""

from __future__ import annotations

import os
import sys

import typer

from launch_kits.cli import inputs, operations, reading, starting, steering, tasks
from launch_kits.errors import LaunchKitsError

__all__ = ["app", "main"]

app = typer.Typer(
    name="launch-kits",
    help="Go-to-market launches: a brief becomes a dated plan, owned tasks, sourced collateral, one Prefect run.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

PLAN = "Before the launch"
RUN = "During the launch"
TASK = "On a task"
OPS = "Operations"

for command, panel in (
    (inputs.check, PLAN),
    (inputs.plan, PLAN),
    (inputs.kits, PLAN),
    (starting.start, PLAN),
    (reading.status, RUN),
    (reading.tasks, RUN),
    (starting.render, RUN),
    (steering.move, RUN),
    (steering.cancel, RUN),
    (reading.history, RUN),
    (tasks.begin, TASK),
    (tasks.done, TASK),
    (tasks.submit, TASK),
    (tasks.approve, TASK),
    (tasks.reject, TASK),
    (tasks.block, TASK),
    (tasks.unblock, TASK),
    (tasks.extend, TASK),
    (tasks.reassign, TASK),
    (tasks.drop, TASK),
    (tasks.reopen, TASK),
    (tasks.note, TASK),
    (operations.up, OPS),
    (operations.sweep, OPS),
    (reading.outbox, OPS),
    (operations.config, OPS),
):
    app.command(rich_help_panel=panel)(command)
app.add_typer(operations.db, name="db", rich_help_panel=OPS)


def main() -> None:
    """Run the command line; every error a user can mend ends here, in its own words and with exit code 1."""
    try:
        app()
    except LaunchKitsError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader went away, as `| head` does; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LAUNCH_KITS_DEBUG"):
            raise
        typer.echo(
            f"{type(error).__name__}: {error}; this is a fault of Launch Kits, not yours: "
            "please report it with the output of LAUNCH_KITS_DEBUG=1",
            err=True,
        )
        sys.exit(1)
