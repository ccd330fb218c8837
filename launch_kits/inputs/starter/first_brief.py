"""Write a first brief and its first ledger from answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from string import Template

import yaml

from launch_kits.errors import Refused
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.patterns import KEY, short_key
from launch_kits.inputs.references import RELATIONS
from launch_kits.inputs.schemas import schema_text
from launch_kits.inputs.starter.answers import Answers, Holder
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = ["brief_text", "files", "ledger_text", "write"]

#: folder of the schemas, so that an editor finds them without a network
SCHEMAS = ".schemas"
#: an alternative that is not a competitor
BY_HAND = "# - {key: by_hand, name: Do it by hand, why: No one has to ask}"


def brief_text(answers: Answers, kit: Kit, *, today: date) -> str:
    """The brief as a file: the answers, and examples of all other keys."""
    rival = next(iter(answers.rivals), None)
    roles = [role for role in _roles(kit) if role != LEAD]
    example = _or_example
    known = {
        "launch": _quoted(answers.launch),
        "channel": f"{answers.launch}-launch",
        "product": _quoted(answers.product),
        "summary": example("summary", answers.summary, "What it does, in one sentence"),
        "kit": _quoted(answers.kit),
        "market": example("market", answers.market, "b2b"),
        "company": example("company", answers.company, "enterprise"),
        "goods": example("goods", answers.goods, "software"),
        "launch_on": answers.launch_on.isoformat(),
        "timezone": answers.timezone,
        "holidays": example("holidays", answers.holidays, "US"),
        "lead": _quoted(answers.lead),
        "email": _quoted(answers.email),
        "capacity": f"capacity: {answers.capacity:g}"
        if answers.capacity
        else "# capacity: 0.5",
        "other": roles[0] if roles else LEAD,
        "team": "\n".join(f"  {role}: {_person(answers, role)}" for role in roles),
        "win": f"{rival}.y1" if rival else "",
        "objection": f"{rival}.q1" if rival else "",
        "price": f"{rival}.c1" if rival else "",
        "document": _with_document(kit),
    }
    return _filled(
        "brief", {**known, **_position(answers), **_days(answers.launch_on, today)}
    )


def _person(answers: Answers, role: str) -> str:
    lead = Holder(answers.lead, answers.email)
    held = answers.people.get(role, lead)
    capacity = f", capacity: {held.capacity:g}" if held.capacity else ""
    return f"{{name: {_quoted(held.name)}, email: {_quoted(held.email)}{capacity}}}"


def _position(answers: Answers) -> dict[str, str]:
    """The lines of the positioning."""
    example = _or_example
    rivals = [_competitor(name, key) for key, name in answers.rivals.items()]
    lacked_by = ", ".join(answers.rivals)
    keys = _keys_of([text for text, _ in answers.attributes])
    attributes = "".join(
        f"    - {{key: {_quoted(key)}, text: {_quoted(text)}, "
        f"lacked_by: [{lacked_by}], value: {_quoted(value)}}}\n"
        for key, (text, value) in zip(keys, answers.attributes, strict=True)
    )
    return {
        "category": example("category", answers.category, "The kind of thing it is"),
        "need": example("need", answers.need, "need what it gives"),
        "benefit": example("benefit", answers.benefit, "does what they need"),
        "competitors": "\n".join(f"    {line}" for line in rivals or [BY_HAND]),
        "no_attributes": "" if attributes else "# ",
        "attributes": attributes,
    }


def _keys_of(texts: Sequence[str]) -> list[str]:
    """A key for each attribute, no two alike."""
    found: list[str] = []
    for at, text in enumerate(texts, 1):
        key = short_key(text, otherwise=f"attribute-{at}")
        found.append(f"{key}-{at}" if key in found else key)
    return found


def ledger_text(answers: Answers, rival: str, *, today: date) -> str:
    """The ledger of the competitor with a key as a file with comments.

    Its card, and an example of every kind of line; no facts.
    """
    known = {
        "id": _quoted(f"{answers.launch}-vs-{rival}"),
        "product": _quoted(answers.product),
        "them": _quoted(answers.rivals[rival]),
    }
    return _filled("ledger", {**known, **_days(answers.launch_on, today)})


def files(answers: Answers, kit: Kit, *, today: date) -> dict[str, str]:
    """Every file of a beginning by its place in the folder, as text."""
    found = {
        "brief.yaml": brief_text(answers, kit, today=today),
        f"{SCHEMAS}/brief.json": schema_text("brief"),
    }
    for rival in answers.rivals:
        found[f"claims/{rival}.yaml"] = ledger_text(answers, rival, today=today)
        found[f"{SCHEMAS}/ledger.json"] = schema_text("ledger")
    return found


def write(folder: Path, texts: Mapping[str, str | bytes]) -> list[Path]:
    """Write files into a folder, which is made.

    A file that has the same text already is left as it is. Raises Refused, and writes nothing, if
    another file is there already.
    """
    paths = {
        folder / place: text.encode() if isinstance(text, str) else text
        for place, text in texts.items()
    }
    try:
        for path, content in paths.items():
            if path.is_symlink() or (path.exists() and not _says(path, content)):
                raise Refused(
                    f"{path} is there already; nothing was written. Name another "
                    "folder, or move it away"
                )
        new = [path for path in paths if not path.exists()]
        for path in new:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(paths[path])
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise Refused(
            f"{error.filename or folder}: {reason}; name another folder"
        ) from None
    return new


def _says(path: Path, content: bytes) -> bool:
    """Whether a path is a file with exactly this content.

    A path that is not a plain file is not read: reading a pipe would wait for its writer.
    """
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
