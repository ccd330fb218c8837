from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from launch_kits.documents import TaskFacts
from launch_kits.documents.making import files_of
from launch_kits.documents.rendering import rendered
from launch_kits.inputs.audience import Audience
from tests.documents.test_sentences import NAMES_OF_EXAMPLES, facts_of

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdfinfo") is None,
    reason="counts pages with LibreOffice and poppler",
)


def one_pager(name: str) -> bytes:
    given = facts_of(name)
    (task,) = (each for each in given.tasks if each.template == "one_pager.md.j2")
    assert isinstance(task, TaskFacts)
    own = replace(given, task=task, reader=Audience.CUSTOMER)
    text = rendered("one_pager.md.j2", own).text
    ((_, content),) = files_of(own, task, text, ["docx"])
    return content


def test_the_one_pager_of_each_example_is_one_page_in_an_office_program(tmp_path):
    names = []
    for name in NAMES_OF_EXAMPLES:
        file = tmp_path / f"{name}.docx"
        file.write_bytes(one_pager(name))
        names.append(str(file))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *names,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for name in NAMES_OF_EXAMPLES:
        told = subprocess.run(
            ["pdfinfo", str(tmp_path / f"{name}.pdf")],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert re.search(r"^Pages:\s+1$", told, re.MULTILINE), name
