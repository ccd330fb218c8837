"""The files of a brief: logo, font and pictures, read beside it, checked, and put in place."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.inputs.brand import AttachedFile, BriefPicture, FileRef
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.reading import FileReading
from launch_kits.inputs.svg import svg_fault
from launch_kits.inputs.yaml_source import Location
from launch_kits.settings.small_file import NotAFile, TooLarge, read_within

__all__ = ["attach", "file_words", "kind_of_file", "without_content"]

KIB = 1024
#: all files of a brief together: the database keeps them with each launch
MOST_TOGETHER = 2048 * KIB
#: pictures of one brief; a deck has ten slides
MOST_PICTURES = 10
#: points of a side; a screen has fewer
MOST_POINTS = 8_000
#: points of a picture: each takes four bytes while it is read
MOST_AREA = 24_000_000


#: bytes of a PNG up to and with its width and height
_PNG_HEAD = 24


#: the keys of a file in place
_FILE_KEYS = set(AttachedFile.model_fields)


class _Use(NamedTuple):
    """A purpose of files: the kinds it takes, and the bytes of one at most."""

    kinds: Collection[str]
    most: int
    remedy: str


_LOGO = _Use(("png", "svg"), 200 * KIB, "use a PNG or SVG")
_FONT = _Use(("font",), 1024 * KIB, "use a TrueType or OpenType font (.ttf, .otf)")
_PICTURE = _Use(("png", "jpeg", "svg"), 400 * KIB, "use a PNG, JPEG or SVG")


def attach(reading: FileReading, brief: Brief, *, folder: Path | None) -> Brief:
    """The brief with its files in place.

    ``folder`` is the brief's, or None for one that came without a file: its files must be in place
    already. Faults are noted in ``reading``; a faulty file stays a path.
    """
    brand = brief.brand
    logo = _attached(reading, brand.logo, ("brand", "logo"), _LOGO, folder)
    font = _attached(reading, brand.font, ("brand", "font"), _FONT, folder)
    pictures = tuple(
        _with_file(reading, picture, index, folder)
        for index, picture in enumerate(brief.pictures)
    )
    held = [logo, font, *(picture.file for picture in pictures)]
    reading.faults += _too_much(reading, held)
    if (logo, font, pictures) == (brand.logo, brand.font, brief.pictures):
        return brief
    return brief.model_copy(
        update={
            "brand": brand.model_copy(update={"logo": logo, "font": font}),
            "pictures": pictures,
        }
    )


def _with_file(
    reading: FileReading, picture: BriefPicture, index: int, folder: Path | None
) -> BriefPicture:
    where = ("pictures", index, "file")
    found = _attached(reading, picture.file, where, _PICTURE, folder)
    return picture.model_copy(update={"file": found})


def _too_much(reading: FileReading, files: Sequence[FileRef | None]) -> Iterator[Fault]:
    source = reading.sources["brief"]
    pictures = len(files) - 2
    if pictures > MOST_PICTURES:
        message = f"{pictures} pictures; keep the best {MOST_PICTURES}"
        yield source.fault(("pictures",), "too-large", message)
    held = (file for file in files if isinstance(file, AttachedFile))
    # four characters of Base64 are three bytes
    size = sum(len(file.content) // 4 * 3 for file in held)
    if size > MOST_TOGETHER:
        message = (
            f"logo, font and pictures take {size // KIB} KiB together; "
            f"shrink them to {MOST_TOGETHER // KIB} KiB"
        )
        yield source.fault(("pictures",), "too-large", message)


def _attached(
    reading: FileReading,
    ref: FileRef | None,
    where: Location,
    use: _Use,
    folder: Path | None,
) -> FileRef | None:
    """A file in place; the reference as it was if the file cannot be used."""
    if ref is None:
        return None
    source = reading.sources["brief"]
    thing = ".".join(map(str, where))
    try:
        file = _read(ref, folder, most=use.most) if isinstance(ref, str) else ref
        wrong = _wrong(file.data, use)
    except _Unfit as error:
        reading.faults.append(source.fault(where, error.code, f"{thing}: {error}"))
        return ref
    except ValueError as error:
        reading.faults.append(source.fault(where, "bad-file", f"{thing}: {error}"))
        return ref
    if wrong is not None:
        message = f'{thing}: "{file.path}" {wrong}'
        reading.faults.append(source.fault(where, "bad-file", message))
        return ref
    return file


class _Unfit(Exception):
    """A file that cannot be read; the text says why, and the remedy."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _read(written: str, folder: Path | None, *, most: int) -> AttachedFile:
    if folder is None:
        raise _Unfit(
            "path",
            f'"{written}" is a path, and this brief came without a file; '
            "start the launch from its file",
        )
    base = folder.absolute()
    try:
        if Path(written).is_absolute() or not (base / written).resolve().is_relative_to(
            base.resolve()
        ):
            raise _Unfit(
                "path-outside",
                f'"{written}" leaves the brief\'s folder; put the file beside the brief',
            )
        data = read_within(base / written, base, most=most)
    except NotAFile as error:
        raise _Unfit("bad-file", f'"{written}" is {error}; name a file') from None
    except TooLarge:
        raise _Unfit(
            "too-large", f'"{written}" has more than {most // KIB} KiB; shrink it'
        ) from None
    except (OSError, RuntimeError, ValueError):
        raise _Unfit(
            "bad-file", f'no file "{written}" beside the brief; correct the path'
        ) from None
    return AttachedFile(path=written, content=base64.b64encode(data).decode())


def _wrong(data: bytes, use: _Use) -> str | None:
    """The fault and the remedy of a file for its use, or None."""
    kind = kind_of_file(data)
    if kind not in use.kinds:
        return f"is not a file for this; {use.remedy}"
    if len(data) > use.most:
        return f"has more than {use.most // KIB} KiB; shrink it"
    if kind == "svg":
        return svg_fault(data)
    if kind == "png":
        width, height = struct.unpack(">II", data[16:_PNG_HEAD])
        if not (0 < width <= MOST_POINTS and 0 < height <= MOST_POINTS):
            return f"has {width} by {height} points; shrink it to {MOST_POINTS} a side"
    return _broken(data) if kind in ("png", "jpeg") else None


def _broken(data: bytes) -> str | None:
    """The fault and the remedy of a picture that cannot be drawn, or None."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if max(width, height) > MOST_POINTS or width * height > MOST_AREA:
                return (
                    f"has {width} by {height} points; shrink it to {MOST_POINTS} a side "
                    f"and {MOST_AREA // 1_000_000} million in all"
                )
            image.load()
    except Exception:  # noqa: BLE001 - a broken file may raise anything
        return "cannot be drawn, because it is damaged; save it again"
    return None


def kind_of_file(data: bytes) -> str | None:
    """The kind of a file by its first bytes: png, jpeg, svg or font; None for others."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        whole = data[12:16] == b"IHDR" and len(data) >= _PNG_HEAD
        return "png" if whole else None
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        return "font"
    return "svg" if b"<svg" in data[:KIB] else None


def without_content(brief: dict[str, object]) -> dict[str, object]:
    """A brief as JSON that names its files by path.

    For those who only look at it: the database has the content.
    """
    found = dict(brief)
    brand = found.get("brand")
    pictures = found.get("pictures")
    if isinstance(brand, dict):
        found["brand"] = {key: _path_of(value) for key, value in brand.items()}
    if isinstance(pictures, list):
        found["pictures"] = [
            {key: _path_of(value) for key, value in picture.items()}
            if isinstance(picture, dict)
            else picture
            for picture in pictures
        ]
    return found


def file_words(value: object) -> object:
    """A file as JSON has it in words: its path and a part of its hash. Other values stay."""
    if isinstance(value, dict) and set(value) == _FILE_KEYS:
        digest = hashlib.sha256(str(value["content"]).encode()).hexdigest()
        return f"{value['path']} ({digest[:8]})"
    return value


def _path_of(value: object) -> object:
    if isinstance(value, dict) and set(value) == _FILE_KEYS:
        return value["path"]
    return value
