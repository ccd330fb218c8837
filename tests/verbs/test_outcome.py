from __future__ import annotations

import pytest

from launch_kits.errors import Refused
from launch_kits.verbs.outcome import evidence


@pytest.mark.parametrize("link", [None, "", "  "])
def test_no_link_is_not_evidence(link):
    assert evidence(link) is None


def test_a_web_link_is_kept():
    assert evidence("https://docs.example.com/a") == "https://docs.example.com/a"


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "notes"])
def test_anything_but_a_web_link_is_refused(link):
    with pytest.raises(Refused):
        evidence(link)
