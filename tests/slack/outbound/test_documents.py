from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from launch_kits.slack.outbound.documents import fingerprint, shows
from tests.slack.views import task

TEXT = "# Card\n\nOwner **Ann** · As of **{}**\n\nThey are {}.\n"


@pytest.mark.parametrize(
    ("day", "said", "same"),
    [
        ("Wed 16 Dec", "slow", True),
        ("Thu 17 Dec", "slow", True),
        ("Thu 17 Dec", "fast", False),
    ],
)
def test_a_document_is_another_if_it_says_something_else(
    tmp_path: Path, day: str, said: str, *, same: bool
) -> None:
    document = tmp_path / "card.md"
    about = task(document=document)
    document.write_text(TEXT.format("Wed 16 Dec", "slow"), encoding="utf-8")
    first = fingerprint(about, b"%PDF of a day")
    document.write_text(TEXT.format(day, said), encoding="utf-8")
    assert shows(first, about, b"%PDF of another day") is same


def test_a_file_without_markdown_is_known_by_its_bytes(tmp_path: Path) -> None:
    about = task(document=tmp_path / "gone.md")
    sha = hashlib.sha256(b"%PDF").hexdigest()
    assert fingerprint(about, b"%PDF") == sha
    assert not shows(None, about, b"%PDF")


def test_a_file_of_an_earlier_version_is_known_by_its_bytes(tmp_path: Path) -> None:
    document = tmp_path / "card.md"
    document.write_text("text", encoding="utf-8")
    sha = hashlib.sha256(b"%PDF").hexdigest()
    assert shows(sha, task(document=document), b"%PDF")
