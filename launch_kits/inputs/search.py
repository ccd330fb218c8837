"""The search path of kits and ledgers that are given by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from launch_kits.errors import InputError, Refused, suggest
from launch_kits.inputs.yaml_source import read

__all__ = [
    "BUILT_IN_KITS",
    "brief_in",
    "brief_named",
    "brief_or_launch",
    "find_kits",
    "find_ledgers",
    "goes_by_its_file",
    "kit_called",
    "kit_file",
]

BUILT_IN_KITS = Path(__file__).parents[1] / "kits"


def find_kits(search: Sequence[Path] = ()) -> dict[str, Path]:
    """Name → file of every kit.

    Folders in ``search`` and their ``kits`` first, then the built-in ones.
    """
    return dict(_files(_kit_folders(search)))


def goes_by_its_file(path: Path, *, search: Sequence[Path] = ()) -> bool:
    """Whether briefs find a kit by its file's name.

    Along ``search``, built in, or in a ``kits``.
    """
    folder = path.absolute().parent
    return folder.name == "kits" or folder.resolve() in {
        place.resolve() for place in _kit_folders(search)
    }


def _kit_folders(search: Sequence[Path]) -> list[Path]:
    return [
        *(place for folder in search for place in (folder, folder / "kits")),
        BUILT_IN_KITS,
    ]


def kit_file(written: str, *, search: Sequence[Path] = ()) -> Path:
    """Find the file of a kit by its name or path.

    A path ends in .yaml or .yml, or is a file that is there. It is relative to the working
    directory. Raises Refused for an unknown name.
    """
    path = Path(written)
    known = find_kits(search)
    if path.suffix in (".yaml", ".yml"):
        return path
    named = known.get(written) or kit_called(written, known.values())
    if named is not None:
        return named
    if path.is_file():
        return path
    hint = suggest(written, known) or f"; known: {', '.join(sorted(known))}"
    raise Refused(f'unknown kit "{written}"{hint} (a path ends in .yaml)')


def kit_called(name: str, files: Iterable[Path]) -> Path | None:
    """The kit that gives itself a name.

    It is the name that `kits` lists. Its file may have a different name.
    """
    for file in files:
        try:
            data = read(file).data
        except InputError:
            continue
        if isinstance(data, Mapping) and "stages" in data and data.get("kit") == name:
            return file
    return None


def find_ledgers(search: Sequence[Path]) -> dict[str, Path]:
    """Name → file of every ledger in a ``claims`` of the folders in ``search``."""
    return dict(_files([folder / "claims" for folder in search]))


def _files(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    # Reversed, so that in a dict an earlier folder's file takes the place of a later one's.
    for folder in reversed(folders):
        for file in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
            yield file.stem, file


def brief_in(folder: Path) -> Path | None:
    """The only brief in a folder, without its subfolders.

    Returns None if there is none. Raises Refused if there are several.
    """
    found = sorted(file for _, file in _files([folder]) if _is_brief(file))
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise Refused(f"{folder}: there are several briefs ({names}); name one of them")
    return found[0] if found else None


def brief_named(path: Path) -> Path:
    """The brief's file for a path that may be a folder with one brief.

    Raises Refused for a folder with none or several.
    """
    if not path.is_dir():
        return path
    brief = brief_in(path)
    if brief is None:
        raise Refused(f"{path}: there is no brief in this folder; name a brief's file")
    return brief


def brief_or_launch(name: str) -> Path | None:
    """The file of a brief that is named by its path or its folder; None for a launch's name.

    A folder without a brief may have the name of a launch, whose documents lie in it. Raises
    Refused for a path to a folder with no brief, and for a folder with several.
    """
    path = Path(name)
    is_path = "/" in name or name.endswith((".yaml", ".yml"))
    if path.is_dir():
        found = brief_in(path)
        return brief_named(path) if found is None and is_path else found
    return path if is_path or path.exists() else None


def _is_brief(file: Path) -> bool:
    if not file.is_file():
        return False
    try:
        data = read(file).data
    except InputError:
        # A brief by its usual name is read again, so that its faults are told.
        return file.stem == "brief"
    return isinstance(data, Mapping) and "launch" in data
