"""A first brief and its first ledger, for a user who has neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from string import Template

import yaml

from launch_kits.errors import Refused
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.patterns import KEY
from launch_kits.inputs.references import RELATIONS
from launch_kits.inputs.schemas import schema_text
from launch_kits.inputs.starter.answers import Answers
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = ["Answers", "brief_text", "files", "ledger_text", "write"]

#: folder of the schemas, so that an editor finds them without a network
SCHEMAS = ".schemas"
#: an alternative that is not a competitor
BY_HAND = "# - {key: by_hand, name: Do it by hand, why: Nobody has to ask}"


def brief_text(answers: Answers, kit: Kit, *, today: date) -> str:
    """The brief as a file: the answers, and examples of all other keys."""
    rival = answers.rival
    roles = [role for role in _roles(kit) if role != LEAD]
    name, email = _quoted(answers.lead), _quoted(answers.email)
    known = {
        "launch": _quoted(answers.launch),
        "channel": f"{answers.launch}-launch",
        "product": _quoted(answers.product),
        "summary": _or_example(
            "summary", answers.summary, "What it does, in one sentence"
        ),
        "kit": _quoted(answers.kit),
        "launch_on": answers.launch_on.isoformat(),
        "timezone": answers.timezone,
        "holidays": _or_example("holidays", answers.holidays, "US"),
        "lead": name,
        "email": email,
        "other": roles[0] if roles else LEAD,
        "team": "\n".join(
            f"  {role}: {{name: {name}, email: {email}}}" for role in roles
        ),
        "off": "" if rival else "# ",
        "competitor": _competitor(answers.competitor or "", rival)
        if rival
        else BY_HAND,
        "win": f"{rival}.y1" if rival else "",
        "objection": f"{rival}.q1" if rival else "",
        "price": f"{rival}.c1" if rival else "",
        "document": _with_document(kit),
    }
    return _filled("brief", {**known, **_days(answers.launch_on, today)})


def ledger_text(answers: Answers, *, today: date) -> str:
    """The competitor's ledger as a file with comments.

    Its card, and an example of every kind of line; no facts.
    """
    known = {
        "id": _quoted(f"{answers.launch}-vs-{answers.rival}"),
        "product": _quoted(answers.product),
        "them": _quoted(answers.competitor or ""),
    }
    return _filled("ledger", {**known, **_days(answers.launch_on, today)})


def files(answers: Answers, kit: Kit, *, today: date) -> dict[str, str]:
    """Every file of a beginning by its place in the folder, as text."""
    found = {
        "brief.yaml": brief_text(answers, kit, today=today),
        f"{SCHEMAS}/brief.json": schema_text("brief"),
    }
    if answers.rival:
        found[f"claims/{answers.rival}.yaml"] = ledger_text(answers, today=today)
        found[f"{SCHEMAS}/ledger.json"] = schema_text("ledger")
    return found


def write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files into a folder, which is made.

    A file that has the same text already is left as it is. Raises Refused, and writes nothing, if
    another file is there already.
    """
    paths = {folder / place: text for place, text in texts.items()}
    try:
        for path, text in paths.items():
            if path.is_symlink() or (path.exists() and not _says(path, text)):
                raise Refused(
                    f"{path} is there already; nothing was written. Name another "
                    "folder, or move it away"
                )
        new = [path for path in paths if not path.exists()]
        for path in new:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(paths[path])
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise Refused(
            f"{error.filename or folder}: {reason}; name another folder"
        ) from None
    return new


def _says(path: Path, text: str) -> bool:
    """Whether a path is a file that holds exactly a text.

    A path that is not a plain file is not read: reading a pipe would wait for its writer.
    """
    content = text.encode()
    try:
        return read_file(path, most=len(content)) == content
    except (NotAFile, TooLarge):
        return False


def _roles(kit: Kit) -> list[str]:
    """Whoever a kit names and a team can.

    Owners of tasks and gates, approvers, and those on the ladder.
    """
    approvers = [task.review for _, task in kit.tasks() if task.review]
    ladder = [rung.to for rung in kit.nudges.ladder if rung.to not in RELATIONS]
    named = dict.fromkeys([*kit.roles(), *approvers, *ladder])
    return [role for role in named if re.fullmatch(KEY, role)]


def _with_document(kit: Kit) -> str:
    """A task with a document; a word that is none if the kit has no such task."""
    keys = (task.key for _, task in kit.tasks() if task.document is not None)
    return next(keys, "(task)")


def _competitor(name: str, key: str) -> str:
    return (
        f"- {{key: {_quoted(key)}, name: {_quoted(name)}, claims: claims/{key}.yaml}}"
    )


def _or_example(key: str, value: str | None, example: str) -> str:
    return f"{key}: {_quoted(value)}" if value else f"# {key}: {example}"


def _quoted(text: str) -> str:
    """A text in double quotes, on one line, whatever it holds."""
    return str(
        yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))
    ).rstrip("\n")


def _days(launch_on: date, today: date) -> dict[str, str]:
    """The days of the examples."""
    monday = today + timedelta(7 - today.weekday())
    days = {
        "today": today,
        "off_from": monday,
        "off_to": monday + timedelta(1),
        "saturday": monday + timedelta(5),
        "goal_by": launch_on + timedelta(60),
    }
    return {name: day.isoformat() for name, day in days.items()}


def _filled(name: str, known: Mapping[str, str]) -> str:
    template = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(known)
