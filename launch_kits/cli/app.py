"""The application with its commands, and the printing of errors."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from importlib import import_module

import click

from launch_kits.errors import (
    InputError,
    LaunchKitsError,
    NotReady,
    Refused,
    suggest,
)
from launch_kits.settings.masking import masked_in
from launch_kits.settings.system_faults import in_words
from launch_kits.settings.visible import one_line
from launch_kits.workdays.in_words import days_in

__all__ = ["COMMANDS", "app", "main"]

#: heading → its commands
COMMANDS = {
    "Before the launch": (
        "init",
        "check",
        "plan",
        "load",
        "kits",
        "templates",
        "schema",
        "start",
    ),
    "Claims": ("claims",),
    "During the launch": (
        "status",
        "tasks",
        "render",
        "documents",
        "diff",
        "move",
        "replan",
        "update",
        "upgrade",
        "add",
        "edit",
        "gate",
        "waive",
        "decide",
        "delegate",
        "undo",
        "end",
        "cancel",
        "history",
        "slips",
        "export",
        "timeline",
    ),
    "On a task": (
        "begin",
        "done",
        "submit",
        "approve",
        "reject",
        "block",
        "unblock",
        "extend",
        "reassign",
        "drop",
        "reopen",
        "note",
        "tick",
    ),
    "Sellers": ("card", "cards", "verify", "flag", "ask", "answer", "desk", "faq"),
    "Operations": (
        "up",
        "sweep",
        "automations",
        "outbox",
        "doctor",
        "backup",
        "restore",
        "rebind",
        "forget",
        "config",
        "db",
    ),
}
#: objects that are made before Python looks for garbage
OBJECTS = 10_000
#: commands on a task with a file of their own
OWN_FILE = ("tick",)
#: command → its module, which is imported when the command is called: a file for each command, and
#: one for the verbs on a task
MODULES = {
    command: "task_verbs"
    if heading == "On a task" and command not in OWN_FILE
    else command
    for heading, commands in COMMANDS.items()
    for command in commands
}


class _Commands(click.Group):
    """The commands under their headings."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for word in args:
            # Bytes that are not UTF-8 come as surrogates, which neither a database nor a file of
            # ours can take.
            if any("\ud800" <= letter <= "\udfff" for letter in word):
                raise Refused(
                    f"{word!a} is not UTF-8; write it in UTF-8, or rename the file"
                )
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            # a word of the command line cannot pass for a line of ours
            message = one_line(error.format_message())
            raise click.UsageError(message, error.ctx) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            hint = (
                suggest(cmd_name, MODULES)
                or "; `launch-kits --help` lists the commands"
            )
            ctx.fail(f'there is no command "{cmd_name}"{hint}')
        found: click.Command = getattr(
            import_module(f"launch_kits.cli.{MODULES[cmd_name]}"), cmd_name
        )
        return found

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        width = max(map(len, MODULES))
        for heading, commands in COMMANDS.items():
            with formatter.section(heading):
                found = [
                    (name.ljust(width), self.get_command(ctx, name))
                    for name in commands
                ]
                formatter.write_dl(
                    [
                        (name, command.get_short_help_str(120))
                        for name, command in found
                        if command
                    ]
                )


@click.command(
    "launch-kits",
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="launch-kits", message="%(prog)s %(version)s")
def app() -> None:
    """Go-to-market launches.

    A brief becomes a dated plan, owned tasks, sourced collateral, one Prefect run.
    """


def _shown(error: LaunchKitsError) -> str:
    """The message of an error, without secrets; a terminal obeys none of it."""
    if isinstance(error, InputError):
        from launch_kits.cli.options import fault_line

        # the text of a file cannot pass for a fault of its own
        return "\n".join(map(fault_line, error.faults))
    if isinstance(error, NotReady):
        reasons = (f"- {one_line(masked_in(days_in(each)))}" for each in error.reasons)
        commands = (f"  {one_line(masked_in(each))}" for each in error.remedies)
        helps = (
            ["To clear it, as far as it can be done now:", *commands]
            if error.remedies
            else []
        )
        subject = f"{one_line(masked_in(error.subject))}:"
        return "\n".join([subject, *reasons, *helps])
    return one_line(masked_in(days_in(str(error))))


def _run() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a character shows another: a verb must not fail for its message.
        sys.stdout.reconfigure(errors="replace")
    try:
        app()
    finally:
        # Here, since nothing could catch the error of a closed pipe when Python ends.
        if sys.stdout is not None:
            sys.stdout.flush()


def main() -> None:
    """Run the command line.

    Prints an error that a user can fix as its own message, and exits with code 1.
    """
    # Python collects garbage once more as it ends, which takes a fifth of a command's time and
    # frees nothing that would not be freed anyway.
    atexit.register(gc.freeze)
    # A command imports and keeps far more than it drops, and looking through it all again and again
    # takes a tenth of its time.
    gc.set_threshold(max(gc.get_threshold()[0], OBJECTS))
    try:
        _run()
    except LaunchKitsError as error:
        click.echo(_shown(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader closed the pipe, as `| head` does: no one is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("LAUNCH_KITS_DEBUG"):
            raise
        click.echo(_system_fault(error) or _own_fault(error), err=True)
        sys.exit(1)


def _system_fault(error: Exception) -> str | None:
    said = in_words(error) if isinstance(error, OSError) else None
    return one_line(masked_in(said)) if said else None


def _own_fault(error: Exception) -> str:
    return (
        f"{type(error).__name__}: {one_line(masked_in(str(error)))}; "
        "this is a fault of Launch Kits, not yours: "
        "please report it with the output of LAUNCH_KITS_DEBUG=1"
    )
