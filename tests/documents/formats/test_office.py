import io
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, datetime

import pytest
from docx import Document
from pptx import Presentation

from launch_kits.documents import DocumentMetadata, make
from tests.samples import TODAY

METADATA = DocumentMetadata(
    title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
)
OPENED = {"pptx": Presentation, "docx": Document}


@pytest.mark.parametrize("name", OPENED)
def test_a_file_has_its_metadata_as_properties(name):
    about = OPENED[name](
        io.BytesIO(make(name, "# The *card*\n\nText", METADATA))
    ).core_properties
    assert (about.title, about.subject, about.author) == (
        "The card · Acme 2",
        "Internal",
        "Pam",
    )
    assert about.created == about.modified
    assert about.created.replace(tzinfo=None) == datetime.combine(
        TODAY, datetime.min.time()
    )
    assert (about.last_modified_by, about.revision, about.comments) == ("Pam", 1, "")


@pytest.mark.parametrize("name", OPENED)
def test_the_same_document_gives_the_same_bytes_at_another_time_in_another_process(
    name,
):
    text = (
        "# A\n\n- b[^1]\n\n1. c\n\n| d |\n|---|\n| e |\n\n[^1]: [f](https://f.example)"
    )
    program = (
        "import sys, datetime\nfrom launch_kits.documents import DocumentMetadata, make\n"
        f"about = DocumentMetadata('Card', 'Acme 2', 'Internal', 'Pam', "
        f"datetime.date.fromisoformat('{TODAY}'))\n"
        f"sys.stdout.buffer.write(make({name!r}, {text!r}, about))"
    )
    first = make(name, text, METADATA)
    time.sleep(2.1)  # the times in a zip file count in steps of two seconds
    assert (
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True
        ).stdout
        == first
    )


@pytest.mark.parametrize("name", OPENED)
def test_a_day_before_1980_makes_a_valid_file(name):
    assert make(name, "x", replace(METADATA, day=date(1970, 1, 1))).startswith(b"PK")
