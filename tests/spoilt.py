"""The sound brief, kit and ledger, to be spoilt by tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from launch_kits.errors import Fault, InputError
from launch_kits.inputs.loading import load_brief

SOUND = Path(__file__).parent / "broken"
FILES = ("brief.yaml", "kit.yaml", "ledger.yaml")


def text_of(name: str) -> str:
    return (SOUND / name).read_text(encoding="utf-8")


def spoil(text: str, *changes: tuple[str, str]) -> str:
    """A text with some of it written differently, each change once."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


class Folder:
    """A folder with the sound brief, kit and ledger."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copyfile(SOUND / name, path / name)

    @property
    def brief(self) -> Path:
        return self.path / "brief.yaml"

    def spoil(self, name: str, *changes: tuple[str, str]) -> Path:
        path = self.path / name
        path.write_text(
            spoil(path.read_text(encoding="utf-8"), *changes), encoding="utf-8"
        )
        return path

    def faults(self, **options: object) -> list[tuple[str, int | None, str]]:
        """File, line and code of each fault of the brief and its files."""
        return [
            (Path(fault.path).name, fault.line, fault.code)
            for fault in self.found(**options)
        ]

    def found(self, **options: object) -> tuple[Fault, ...]:
        try:
            load_brief(self.brief, **options)  # type: ignore[arg-type]
        except InputError as error:
            return error.faults
        return ()
