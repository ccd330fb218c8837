"""The ledgers of briefs, folders and launches, with their documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.claims.audit import proofs_in
from launch_kits.documents import Facts
from launch_kits.documents.citations import Printed, printed
from launch_kits.errors import Fault, InputError
from launch_kits.inputs.ledger import Claim, Ledger
from launch_kits.inputs.loading import load_brief, load_ledger
from launch_kits.inputs.yaml_source import Yaml, read
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout, read_facts

if TYPE_CHECKING:
    from sqlmodel import Session

__all__ = ["LedgerUse", "ledger_uses_at", "ledger_uses_of_launches", "split_places"]


@dataclass(frozen=True, slots=True)
class LedgerUse:
    """A ledger, and the brief or launch that uses it."""

    #: the brief's or ledger's file, or the launch's name
    where: str
    #: the alternative's key, by which a brief names claims; for a ledger alone, its file's name
    key: str
    ledger: Ledger
    #: the launch's own day
    today: date
    #: the facts of its documents; None for a ledger alone
    facts: Facts | None = None
    sources: Mapping[str, Yaml] = field(default_factory=dict)

    def find(self, written: str) -> Claim | None:
        """The claim named ``redis.y4``, ``<card>.y4`` or ``y4``.

        Returns None if it is another ledger's.
        """
        name, dot, claim_id = written.rpartition(".")
        return (
            self.ledger.find(claim_id)
            if not dot or name in (self.key, self.ledger.card.id)
            else None
        )

    def ref(self, claim: Claim) -> str:
        """A claim as a brief names it."""
        return f"{self.key}.{claim.id}"

    def place(self, claim: Claim) -> tuple[str, int | None]:
        """The file and line of a claim.

        Returns the launch and None if it is a snapshot's.
        """
        source = self.sources.get(self.key)
        where = next(
            (section, at)
            for section, at, each in self.ledger.each()
            if each.id == claim.id
        )
        if source is None:
            return self.where, None
        return source.path, source.line(where)

    def fields(self, claim: Claim) -> list[tuple[str, int | None, str]]:
        """The places in the brief that name a claim.

        Returns for each its field, its line, and the part that is based on the claim.
        """
        if self.facts is None:
            return []
        source = self.sources.get("brief")
        return [
            (".".join(map(str, where)), source.line(where) if source else None, what)
            for where, what in proofs_in(self.facts.brief, self.ref(claim))
        ]

    def documents(
        self,
        claims: Sequence[Claim],
        *,
        folders: Sequence[Path] = (),
        revived: bool = False,
    ) -> dict[str, list[Printed]]:
        """Claim id → the documents that print it today.

        With ``revived``, as if claims that have ended still held.
        """
        if self.facts is None or not claims:
            return {claim.id: [] for claim in claims}
        found = printed(
            self.facts,
            [self.ref(claim) for claim in claims],
            folders=folders,
            revived=revived,
        )
        return {claim.id: found[self.ref(claim)] for claim in claims}


def ledger_uses_at(
    path: Path, *, search: Sequence[Path] = (), now: datetime
) -> list[LedgerUse]:
    """Read the ledgers of a brief, ledger or folder.

    In a folder a ledger that a brief uses is not listed again. Raises InputError, PlanError.
    """
    if not path.is_dir():
        return _of_file(path, search=search, now=now, named=True)
    files = sorted(
        file for file in (*path.rglob("*.yaml"), *path.rglob("*.yml")) if file.is_file()
    )
    found = [
        held
        for file in files
        for held in _of_file(file, search=search, now=now, named=False)
    ]
    used = {
        Path(source.path).resolve()
        for held in found
        if held.facts
        for source in held.sources.values()
    }
    return [
        held for held in found if held.facts or Path(held.where).resolve() not in used
    ]


def _of_file(
    path: Path, *, search: Sequence[Path], now: datetime, named: bool
) -> list[LedgerUse]:
    source = read(path)
    keys = source.data if isinstance(source.data, Mapping) else {}
    if "launch" in keys:
        return _of_brief(path, search=search, now=now)
    if "card" in keys:
        return [
            LedgerUse(
                str(path),
                path.stem,
                load_ledger(path),
                now.date(),
                sources={path.stem: source},
            )
        ]
    if named:
        message = (
            "neither a brief (`launch:`) nor a ledger (`card:`); "
            "name one, a folder, or a launch"
        )
        raise InputError([Fault(str(path), 1, "unknown-file", message)])
    return []


def _of_brief(path: Path, *, search: Sequence[Path], now: datetime) -> list[LedgerUse]:
    loaded = load_brief(path, search=search)
    brief = loaded.brief
    today = now.astimezone(brief.zone()).date()
    rollout = Rollout.of(brief, today=today)
    facts = facts_of_rollout(rollout, today=today)
    return _of_facts(str(path), facts, loaded.sources)


def split_places(places: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Tell the paths among places from the names of launches."""
    paths: list[Path] = []
    slugs: list[str] = []
    for place in places:
        path = Path(place)
        if path.suffix in (".yaml", ".yml") or "/" in place or path.exists():
            paths.append(path)
        else:
            slugs.append(place)
    return paths, slugs


def ledger_uses_of_launches(
    session: Session, slugs: Sequence[str], *, now: datetime, documents: Path
) -> list[LedgerUse] | None:
    """Read the ledgers of launches from their own snapshots.

    Without slugs, those of the running launches. Returns None if no slug is given and no launch
    runs. Raises NotFound.
    """
    chosen = slugs or _running(session)
    if not chosen:
        return None
    return [
        use
        for slug in chosen
        for use in _of_facts(
            slug, read_facts(session, slug, now=now, documents=documents), {}
        )
    ]


def _running(session: Session) -> Sequence[str]:
    from sqlmodel import col, select

    from launch_kits.database.records import Launch, LaunchStatus

    running = select(Launch.slug).where(Launch.status == LaunchStatus.RUNNING)
    return session.exec(running.order_by(col(Launch.slug))).all()


def _of_facts(where: str, facts: Facts, sources: Mapping[str, Yaml]) -> list[LedgerUse]:
    return [
        LedgerUse(where, item.key, item.ledger, facts.today, facts, sources)
        for item in facts.brief.positioning.alternatives
        if item.ledger is not None
    ]
