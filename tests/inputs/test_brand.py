from __future__ import annotations

import pytest
from pydantic import ValidationError

from launch_kits.inputs.brand import AttachedFile, Brand, BriefPicture, Colours


def test_a_file_is_given_by_its_path_or_with_its_content() -> None:
    assert Brand.model_validate({"logo": "logo.svg"}).file("logo") is None
    held = Brand.model_validate({"logo": {"path": "logo.svg", "content": "aGk="}})
    logo = held.file("logo")
    assert logo is not None
    assert logo.data == b"hi"
    assert held.file("font") is None
    assert Brand.model_validate(held.model_dump(mode="json")) == held


def test_content_that_is_not_base64_is_a_fault() -> None:
    with pytest.raises(ValueError, match="name the file by its path"):
        _ = AttachedFile(path="a", content="!").data


@pytest.mark.parametrize("colour", ["1F4E79", "#1F4", "red", "#GGGGGG"])
def test_a_colour_has_six_digits(colour: str) -> None:
    with pytest.raises(ValidationError, match="main"):
        Colours.model_validate({"main": colour})


def test_a_picture_is_told_in_words_too() -> None:
    with pytest.raises(ValidationError, match="alt"):
        BriefPicture.model_validate({"file": "a.png"})
    assert (
        BriefPicture.model_validate({"file": "a.png", "alt": "A falcon"}).attached
        is None
    )
