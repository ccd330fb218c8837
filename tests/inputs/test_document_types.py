from __future__ import annotations

import pytest

from launch_kits.inputs.document_types import has_document_type


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_is_found_in_each_encoding(code: str) -> None:
    assert has_document_type("<?xml version='1.0'?><!DOCTYPE x><x/>".encode(code))
    assert not has_document_type("<x>a DOCTYPE in words</x>".encode(code))
