"""References within a brief and across its kit and ledgers: names that lead nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice

from launch_kits.errors import Fault, Suggestions
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.claim_references import claim_references
from launch_kits.inputs.content import LENGTHS
from launch_kits.inputs.kit import Each, Kit
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.team import ROLES
from launch_kits.inputs.yaml_source import Location, Yaml

__all__ = ["RELATIONS", "brief_faults", "brief_warnings"]

#: rungs of the ladder that are relations to the owner, not roles
RELATIONS = ("backup", "manager", LEAD)
#: known words that a fault lists; roles that a team's own are compared with
MOST_LISTED = 100
#: tasks of a launch, and pairs of them that wait, with those that are fanned out counted singly
MAX_PLANNED = 5_000
MAX_WAITS = 200_000


def brief_faults(brief: Brief, sources: Mapping[str, Yaml]) -> list[Fault]:
    """Names in a brief and its kit that lead nowhere, keys used twice.

    ``sources`` as `loading.Loaded` has them.
    """
    source = sources["brief"]
    hints = Suggestions()
    return [
        *_team_faults(brief, source, hints),
        *_duplicate_faults(brief, source),
        *_positioning_faults(brief, source, hints),
        *_proof_faults(brief, source, hints),
        *(
            _fan_out_faults(brief, brief.kit, source)
            if isinstance(brief.kit, Kit)
            else ()
        ),
        *(
            _role_faults(brief, brief.kit, sources.get("kit", source), hints)
            if isinstance(brief.kit, Kit)
            else ()
        ),
        *_chosen_faults(brief, source, hints),
    ]


def brief_warnings(brief: Brief, sources: Mapping[str, Yaml]) -> Iterator[Fault]:
    """Find doubts: the brief works, but may not be meant so.

    Roles of the kit that the lead will hold, messages longer than they should be.
    """
    yield from _held_by_lead(brief, sources["brief"])
    for key, words in LENGTHS.items():
        count = len((getattr(brief.messages, key) or "").split())
        if count > words:
            message = f"messages.{key} has {count} words; cut it to {words}"
            yield sources["brief"].fault(("messages", key), "message-too-long", message)


def _held_by_lead(brief: Brief, source: Yaml) -> Iterator[Fault]:
    """One warning for all the roles that no one holds."""
    kit = brief.kit_in_place
    team = brief.team
    named = dict.fromkeys([*kit.roles(), *_approvers(kit)])
    held = [role for role in named if role not in team]
    if not held:
        return
    several = "" if len(held) == 1 else "s"
    message = (
        f"no one holds the role{several} {_listed(held)} that kit {kit.kit} names; "
        "the lead will"
    )
    # A role that the kit names as well is meant so.
    idle = [role for role in team if role not in named and role != LEAD]
    near = {
        role: get_close_matches(role, idle[:MOST_LISTED], n=1, cutoff=0.6)
        for role in held[:MOST_LISTED]
    }
    meant = [
        f'"{role}" by the team\'s "{found[0]}"' for role, found in near.items() if found
    ]
    if meant:
        message += f"; did you mean {', '.join(meant)}?"
    yield source.fault(("team",), "role-held-by-lead", message)


def _approvers(kit: Kit) -> list[str]:
    return [task.review for _, task in kit.tasks() if task.review is not None]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _team_faults(brief: Brief, source: Yaml, hints: Suggestions) -> Iterator[Fault]:
    if LEAD not in brief.team:
        yield source.fault(
            ("team",),
            "missing",
            '"team.lead" is missing; name who answers for the launch',
        )
    for role, person in brief.team.items():
        for relation in ("manager", "backup"):
            named = getattr(person, relation)
            if named is not None and named not in brief.team:
                message = (
                    f"{relation} of {role} is unknown role "
                    f'"{named}"{_hint(hints, named, brief.team)}'
                )
                yield source.fault(("team", role, relation), "unknown-role", message)


def _duplicate_faults(brief: Brief, source: Yaml) -> Iterator[Fault]:
    lists: Sequence[tuple[Location, Sequence[str]]] = (
        (
            ("positioning", "alternatives"),
            [item.key for item in brief.positioning.alternatives],
        ),
        (
            ("positioning", "attributes"),
            [item.key for item in brief.positioning.attributes],
        ),
        (("personas",), [item.key for item in brief.personas]),
        (("partners",), [item.key for item in brief.partners]),
    )
    for where, keys in lists:
        for index, key in enumerate(keys):
            if key in keys[:index]:
                message = (
                    f'duplicate key "{key}" in {".".join(map(str, where))}; rename one'
                )
                yield source.fault((*where, index, "key"), "duplicate-key", message)


def _positioning_faults(
    brief: Brief, source: Yaml, hints: Suggestions
) -> Iterator[Fault]:
    alternatives = dict.fromkeys(each.key for each in brief.positioning.alternatives)
    attributes = dict.fromkeys(each.key for each in brief.positioning.attributes)
    for index, attribute in enumerate(brief.positioning.attributes):
        for at, key in enumerate(attribute.lacked_by):
            if key not in alternatives:
                message = (
                    f'attribute "{attribute.key}" is lacked by unknown alternative '
                    f'"{key}"{_hint(hints, key, alternatives)}'
                )
                yield source.fault(
                    ("positioning", "attributes", index, "lacked_by", at),
                    "unknown-alternative",
                    message,
                )
    for index, theme in enumerate(brief.positioning.themes):
        for at, key in enumerate(theme.attributes):
            if key not in attributes:
                message = (
                    f'theme "{theme.title}" rests on unknown attribute '
                    f'"{key}"{_hint(hints, key, attributes)}'
                )
                yield source.fault(
                    ("positioning", "themes", index, "attributes", at),
                    "unknown-attribute",
                    message,
                )


def _proof_faults(brief: Brief, source: Yaml, hints: Suggestions) -> Iterator[Fault]:
    ledgers: dict[str, Ledger | str | None] = {}
    for alternative in brief.positioning.alternatives:
        # Of a duplicate key the first one counts.
        ledgers.setdefault(alternative.key, alternative.claims)
    ids = {
        key: dict.fromkeys(f"{key}.{claim.id}" for _, _, claim in ledger.each())
        for key, ledger in ledgers.items()
        if isinstance(ledger, Ledger)
    }
    for named in claim_references(brief):
        for at, written in enumerate(named.refs):
            message = _proof_fault(written, ledgers, ids, hints)
            if message:
                yield source.fault((*named.refs_at, at), "unknown-claim", message)


def _proof_fault(
    written: str,
    ledgers: Mapping[str, Ledger | str | None],
    ids: Mapping[str, Collection[str]],
    hints: Suggestions,
) -> str | None:
    key, dot, claim_id = written.partition(".")
    if not dot or not claim_id:
        return f'"{written}" names no claim; write <alternative>.<claim id>, such as redis.y4'
    if key not in ledgers:
        return f'claim "{written}": no alternative "{key}"{_hint(hints, key, ledgers)}'
    if ledgers[key] is None:
        return f'claim "{written}": alternative "{key}" has no ledger; give it `claims`'
    # A ledger that is still a name could not be read; its own fault is noted already.
    if key in ids and written not in ids[key]:
        return f'unknown claim "{written}"{_hint(hints, written, ids[key])}'
    return None


def _fan_out_faults(brief: Brief, kit: Kit, source: Yaml) -> Iterator[Fault]:
    """One fault for too many tasks, made of the lists of the brief."""
    lengths = {each: len(brief.items(each)) for each in Each}
    sizes = {
        task.key: lengths[task.each] if task.each else 1 for _, task in kit.tasks()
    }
    waits = sum(
        sizes[task.key] * sizes.get(link.task, 0)
        for _, task in kit.tasks()
        for link in task.after
    )
    remedy = (
        f"in one launch with kit {kit.kit}; shorten the lists that it fans out over"
    )
    if sum(sizes.values()) > MAX_PLANNED:
        message = f"more than {MAX_PLANNED} tasks {remedy}"
        yield source.fault(("kit",), "too-large", message)
    elif waits > MAX_WAITS:
        message = f"more than {MAX_WAITS} pairs of tasks that wait {remedy}"
        yield source.fault(("kit",), "too-large", message)


def _role_faults(
    brief: Brief, kit: Kit, source: Yaml, hints: Suggestions
) -> Iterator[Fault]:
    known = dict.fromkeys([*brief.team, *kit.roles()])
    usual = dict.fromkeys([*known, *ROLES])
    for stage_at, stage in enumerate(kit.stages):
        for task_at, task in enumerate(stage.tasks):
            # One of the usual roles is not a slip: if the team lacks it, the lead approves.
            if task.review is not None and task.review not in usual:
                where = ("stages", stage_at, "tasks", task_at, "review")
                hint = hints.nearest(task.review, usual) or _listing(known)
                message = f'task "{task.key}" is reviewed by unknown role "{task.review}"{hint}'
                yield source.fault(where, "unknown-role", message)
    rungs = list(dict.fromkeys([*RELATIONS, *known]))
    for index, rung in enumerate(kit.nudges.ladder):
        if rung.to not in rungs:
            message = f'the ladder leads to unknown role "{rung.to}"{_hint(hints, rung.to, rungs)}'
            yield source.fault(
                ("nudges", "ladder", index, "to"), "unknown-role", message
            )


def _chosen_faults(brief: Brief, source: Yaml, hints: Suggestions) -> Iterator[Fault]:
    """Documents of tasks that the kit lacks, and promises kept by unknown roles."""
    for at, promise in enumerate(brief.commitments):
        if promise.role is not None and promise.role not in brief.team:
            message = (
                f'commitment is kept by unknown role "{promise.role}"'
                f"{_hint(hints, promise.role, brief.team)}"
            )
            yield source.fault(("commitments", at, "role"), "unknown-role", message)
    if not isinstance(brief.kit, Kit):
        return
    known = _with_documents(brief, brief.kit)
    for key in brief.documents:
        if key not in known:
            message = (
                f'no task "{key}" with a document in kit {brief.kit.kit}'
                f"{_hint(hints, key, known)}"
            )
            yield source.fault(("documents", key), "unknown-task", message)


def _with_documents(brief: Brief, kit: Kit) -> dict[str, None]:
    """The keys of tasks that leave a document, in the kit and in the plan."""
    found: dict[str, None] = {}
    for _, task in kit.tasks():
        if task.document is not None:
            found[task.key] = None
            if task.each is not None:
                found |= dict.fromkeys(
                    f"{task.key}:{item.key}" for item in brief.items(task.each)
                )
    return found


def _hint(hints: Suggestions, word: str, known: Collection[str]) -> str:
    return hints.nearest(word, known) or _listing(known)


def _listing(known: Collection[str]) -> str:
    listed = ", ".join(islice(known, MOST_LISTED)) or "none"
    more = len(known) - MOST_LISTED
    return f"; known: {listed}" + (f" and {more} more" if more > 0 else "")
