"""Pictures as PNG and JPEG files, also with the notes of a camera."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

__all__ = ["drawn"]

#: tags of a camera's notes: the side that is up, and the camera
TURNED = 0x0112
CAMERA = 0x010F


def drawn(width: int, height: int, kind: str = "PNG", *, noted: bool = False) -> bytes:
    """A plain picture; a noted one names its camera, and is to be turned by a quarter."""
    made = BytesIO()
    image = Image.new("RGB", (width, height), "#1F6FEB")
    if noted:
        notes = Image.Exif()
        notes[TURNED] = 6
        notes[CAMERA] = "Secret camera"
        image.save(made, kind, exif=notes)
    else:
        image.save(made, kind)
    return made.getvalue()
