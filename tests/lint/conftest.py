from __future__ import annotations

from pathlib import Path

import pytest

from tests.spoilt import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with the sound brief, kit and ledger."""
    return Folder(tmp_path / "folder")
