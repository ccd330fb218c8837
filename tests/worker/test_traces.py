from __future__ import annotations

import zipfile
from pathlib import Path

from launch_kits.settings import Settings
from launch_kits.worker.traces import files_with


def test_files_that_hold_a_text_are_found_with_their_other_formats(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    settings = Settings.read({"LAUNCH_KITS_HOME": str(home)})
    contents = {
        "documents/one/card.md": "by Pia@Example.com",
        "documents/one/card.pdf": "unreadable",
        "documents/one/plan.md": "by lee@example.com",
        "logs/flows.log": "to pia@example.com: a task",
        "backups/0021/launch-kits.db": "pia@example.com",
        "launch-kits.db": "pia@example.com",
        "prefect/prefect.db": "pia@example.com",
    }
    for name, text in contents.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(home / "documents/one/deck.pptx", "w") as packed:
        packed.writestr("ppt/slides/slide1.xml", "<a:t>pia@example.com</a:t>" * 9)
    (home / "documents/one/broken.docx").write_bytes(b"PK no archive")
    found = [
        path.relative_to(home).as_posix()
        for path in files_with(settings, ["pia@example.com"])
    ]
    assert found == [
        "backups/0021/launch-kits.db",
        "documents/one/card.md",
        "documents/one/card.pdf",
        "documents/one/deck.pptx",
        "logs/flows.log",
    ]
