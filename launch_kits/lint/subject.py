"""The subject of the linter: a brief as loaded, its plan, the day, and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.loading import Loaded
from launch_kits.inputs.search import BUILT_IN_KITS
from launch_kits.inputs.yaml_source import Location, Yaml
from launch_kits.plan.rollout import Rollout

__all__ = ["LintSubject", "task_places"]


@dataclass(frozen=True)
class LintSubject:
    """A brief with its plan on a day."""

    loaded: Loaded
    rollout: Rollout
    #: in the time zone of the launch
    today: date
    #: the launch runs: its tasks have due days of their own, which the brief does not change
    running: bool = False
    #: the user's folders of templates; None if templates are not read
    templates: Sequence[Path] | None = None

    @property
    def brief(self) -> Brief:
        """The brief as planned, its days those of the rollout."""
        return self.rollout.brief

    @property
    def as_written(self) -> bool:
        """Whether it is planned for the launch and release days of the brief."""
        written = self.loaded.brief
        return not self.running and (written.launch_on, written.released_on) == (
            self.brief.launch_on,
            self.brief.released_on,
        )

    @property
    def source(self) -> Yaml:
        """The brief as read."""
        return self.loaded.sources["brief"]

    @property
    def kit(self) -> Kit:
        """The kit in place."""
        return self.brief.kit_in_place

    @cached_property
    def kit_source(self) -> Yaml | None:
        """The kit as read; None for a built-in one, which its user cannot change."""
        source = self.loaded.sources.get("kit")
        if source is None:
            return self.source.part(("kit",))
        return None if Path(source.path).is_relative_to(BUILT_IN_KITS) else source

    def sources(self) -> Iterator[Yaml]:
        """Yield the files that the brief names, without a built-in kit."""
        for name, source in self.loaded.sources.items():
            if name not in ("brief", "kit") or (
                name == "kit" and source is self.kit_source
            ):
                yield source

    @cached_property
    def _places(self) -> dict[str, Location]:
        return dict(task_places(self.kit))

    def about_task(self, key: str, part: str, code: str, message: str) -> Fault:
        """Return a finding about a task of the kit, by its key there.

        It is on the task's line, or on the brief's `kit` if that is built in.
        """
        if self.kit_source is None:
            return self.source.fault(("kit",), code, message)
        return self.kit_source.fault((*self._places[key], part), code, message)

    def ledgers(self) -> Iterator[tuple[Ledger, Yaml]]:
        """Yield each competitor's ledger with its source."""
        for index, alternative in enumerate(self.brief.positioning.alternatives):
            if alternative.ledger is not None:
                source = self.loaded.sources.get(alternative.key)
                if source is None or alternative.key in ("brief", "kit"):
                    source = self.source.part(
                        ("positioning", "alternatives", index, "claims")
                    )
                yield alternative.ledger, source


def task_places(kit: Kit) -> Iterator[tuple[str, Location]]:
    """Yield each task's key with its location in the kit."""
    for stage_at, stage in enumerate(kit.stages):
        for task_at, task in enumerate(stage.tasks):
            yield task.key, ("stages", stage_at, "tasks", task_at)
