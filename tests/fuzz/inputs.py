"""The effects that untrusted files may have.

A brief, kit, ledger, title or text is checked, planned and rendered, and no more.
"""

from __future__ import annotations

import json
import re
import shutil
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from hypothesis import strategies as st

from launch_kits.documents import Facts, inputs_digest, render, to_html
from launch_kits.errors import DocumentError, Fault, InputError, LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief, load_kit, load_ledger
from launch_kits.inputs.template_folders import built_in_templates
from launch_kits.lint.check import check
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from launch_kits.workdays.countries import known_country
from tests.fuzz.guard import guarded
from tests.fuzz.hostile import changed, texts, yaml_texts

__all__ = ["FILES", "Files", "titled"]

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests/broken"
EXAMPLES = ROOT / "examples"
KITS = ROOT / "launch_kits/kits"
NOW = datetime(2027, 1, 11, 12, tzinfo=UTC)
#: a Python error in a sentence: what was wrong is ours
PYTHON = re.compile(r"\b[A-Z]\w+(?:Error|Exception)\b: |Traceback")
#: documents of one brief that are rendered: where they are not the subject, and where they are
FEW = 3
MORE = 12
#: files that lie beside the one in question, in the folder that may be read
BESIDE = {
    "kit.yaml": BROKEN / "kit.yaml",
    "ledger.yaml": BROKEN / "ledger.yaml",
    "brief.yaml": BROKEN / "brief.yaml",
    "claims/redis.yaml": EXAMPLES / "valkey-9/claims/redis.yaml",
    "claims/plex.yaml": EXAMPLES / "jellyfin-12/claims/plex.yaml",
    "claims/emby.yaml": EXAMPLES / "jellyfin-12/claims/emby.yaml",
}
SOUND = {
    "brief": (*EXAMPLES.glob("*/brief.yaml"), BROKEN / "brief.yaml"),
    "kit": (
        BROKEN / "kit.yaml",
        KITS / "quiet_release.yaml",
        KITS / "feature_release.yaml",
    ),
    "ledger": (BROKEN / "ledger.yaml", *EXAMPLES.glob("*/claims/*.yaml")),
}


@cache
def bases(kind: str) -> list[Any]:
    """The real inputs of a kind, the broken ones too, as plain data.

    The sound ones come thrice as often.
    """
    found = [yaml.safe_load(path.read_text("utf-8")) for path in SOUND[kind]] * 3
    for path in sorted(BROKEN.glob(f"{kind}-*.yaml")):
        try:
            found.append(yaml.safe_load(path.read_text("utf-8")))
        except (yaml.YAMLError, ValueError):
            continue
    return [data for data in found if isinstance(data, dict)]


class Files:
    """Tries one kind of file, in a folder of its own beside sound ones."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder
        self._kind = kind
        for name, source in BESIDE.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)
        warm_up()

    @staticmethod
    def made(kind: str) -> st.SearchStrategy[bytes]:
        """Hostile files of a kind."""
        return yaml_texts(bases(kind))

    def run(self, given: bytes) -> None:
        """Check, load, plan and render."""
        file = self._folder / f"{self._kind}.yaml"
        file.write_bytes(given)
        with guarded(self._folder):
            found = check([file], now=NOW)
            _told_well((*found.faults, *found.warnings), given)
            for load in {"kit": [load_kit], "ledger": [load_ledger], "brief": []}[
                self._kind
            ]:
                _refused_or(load, file)
            _try_brief(self._folder / "brief.yaml", most=FEW)

    def close(self) -> None:
        """Give back nothing."""


class Values:
    """Tries a sound brief with hostile texts and numbers.

    It goes through the documents of its kit.
    """

    def __init__(self, folder: Path) -> None:
        self._files = Files(folder, "brief")
        self._folder = folder

    @staticmethod
    def made() -> st.SearchStrategy[bytes]:
        """Briefs with hostile texts."""
        sound = [yaml.safe_load(path.read_text("utf-8")) for path in SOUND["brief"]]
        return changed(sound, texts(), most=6).map(
            lambda data: yaml_of(data).encode("utf-8", "surrogatepass")
        )

    def run(self, given: bytes) -> None:
        """Load, plan, and render a dozen documents as Markdown and as pages."""
        (self._folder / "brief.yaml").write_bytes(given)
        with guarded(self._folder):
            _try_brief(self._folder / "brief.yaml", most=MORE)

    def close(self) -> None:
        """Give back nothing."""


class Titles:
    """Tries the title of a task, of one that is fanned out and of one that is not."""

    def __init__(self, folder: Path) -> None:
        self._files = Files(folder, "kit")

    @staticmethod
    def made() -> st.SearchStrategy[bytes]:
        """Hostile titles."""
        scraps = st.sampled_from(
            [
                "{{ item.name }}",
                "{{ product }}",
                "{{",
                "}}",
                "{%",
                "%}",
                "item",
                ".",
                " ",
                "|",
                "()",
            ]
        )
        mixed = st.lists(
            st.one_of(scraps, scraps, texts(most=8)), min_size=1, max_size=8
        ).map("".join)
        return st.one_of(mixed, texts()).map(
            lambda text: text.encode("utf-8", "surrogatepass")
        )

    def run(self, given: bytes) -> None:
        """Check a kit with the title, and plan and render a launch of it."""
        self._files.run(titled(given.decode("utf-8", "replace")).encode())

    def close(self) -> None:
        """Give back nothing."""


def titled(title: str) -> str:
    """The small kit with a title for two of its tasks."""
    kit = yaml.safe_load((BROKEN / "kit.yaml").read_text("utf-8"))
    tasks = [task for stage in kit["stages"] for task in stage["tasks"]]
    for task in (tasks[0], next(task for task in tasks if "each" in task)):
        task["title"] = title
    return json.dumps(kit)


def yaml_of(data: object) -> str:
    """Data as YAML that says the same, every text in quotes."""
    return json.dumps(data, ensure_ascii=False, default=str)


def _refused_or(load: Any, file: Path) -> Any:
    """The result of a loader; None if it refuses the file with an error of ours."""
    try:
        return load(file)
    except InputError as error:
        _told_well(error.faults)
    except LaunchKitsError as error:
        _in_our_words(error)
    return None


def _in_our_words(error: LaunchKitsError) -> None:
    assert not PYTHON.search(str(error)), error


def _told_well(faults: Sequence[Fault], given: bytes = b"") -> None:
    """Every fault can be printed, is on a line of the file, and is not an error of Python."""
    last = max(1, len(given.decode("utf-8", "replace").splitlines()))
    for fault in faults:
        str(fault).encode()
        assert not PYTHON.search(fault.message), fault
        assert not given or fault.line is None or 1 <= fault.line <= max(last, 1000), (
            fault
        )


def _try_brief(path: Path, *, most: int) -> None:
    loaded = _refused_or(load_brief, path)
    if loaded is None:
        return
    brief: Brief = loaded.brief
    # what is read is kept in a database, whose JSON knows no NaN and no infinity
    kept = json.dumps(brief.model_dump(mode="json", by_alias=True), allow_nan=False)
    assert Brief.model_validate(json.loads(kept)) == brief
    begin_on = brief.begin_on or min(NOW.date(), brief.launch_on)
    rollout = Rollout(
        brief,
        begin_on=begin_on,
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )
    try:
        facts = facts_of_rollout(rollout, today=NOW.date())
    except LaunchKitsError as error:
        _in_our_words(error)
        return
    for document in _documents(facts, most=most, first=zlib.crc32(path.read_bytes())):
        _render(document)


def _documents(facts: Facts, *, most: int, first: int) -> Iterator[Facts]:
    """The facts of a document of each of some templates, others for other briefs."""
    tasks = list(
        {task.template: task for task in facts.tasks if task.template}.values()
    )
    for at in range(min(most, len(tasks))):
        yield replace(facts, task=tasks[(first + at) % len(tasks)])


def _render(facts: Facts) -> None:
    task = facts.task
    assert task is not None
    try:
        markdown = render(task.template or "", facts)
        inputs_digest(task.template or "", facts)
    except DocumentError as error:
        _in_our_words(error)
        return
    page = to_html(markdown, title=task.title)
    page.encode()
    _Harmless().feed(page)


class _Harmless(HTMLParser):
    """A page that runs nothing and loads nothing."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {
            "script",
            "iframe",
            "object",
            "embed",
            "img",
            "form",
            "base",
            "link",
            "svg",
        }, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("href", "src") or urlsplit(value or "").scheme in (
                "",
                "http",
                "https",
            ), value


@cache
def warm_up() -> None:
    """Load whatever is loaded when it is first needed: templates, countries, modules."""
    import jinja2.debug  # noqa: F401
    import pydantic.type_adapter  # noqa: F401
    from holidays.registry import COUNTRIES

    for names in COUNTRIES.values():
        known_country(names[1])
    for path in EXAMPLES.glob("*/brief.yaml"):
        check([path], now=NOW)
        _try_brief(path, most=len(list(built_in_templates().iterdir())))
    _refused_or(load_brief, BROKEN / "brief-bad-country.yaml")


FILES = ("brief", "kit", "ledger")
