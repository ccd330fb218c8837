from __future__ import annotations

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages import answers
from launch_kits.slack.messages.answers import UNDO, note, with_undo
from launch_kits.views.answers import LONG


def test_a_note_is_one_line_cut_to_a_readable_length():
    short = answers.note("Done.\n\nReady now:\u202e Training")
    assert short.text == "Done. Ready now: Training"
    long = answers.note("x" * 2000)
    assert long.text == "x" * (LONG - 1) + "…"
    assert long.blocks[0]["text"]["text"] == long.text


def test_an_apology_says_what_to_do():
    said = answers.apology().text
    assert said.startswith("Sorry")
    assert "Please try again" in said


def test_an_act_is_undone_by_the_form_of_its_button():
    said = with_undo("Done & dusted.", "falcon-2", 17)
    assert said.blocks[:-1] == note("Done & dusted.").blocks
    (button,) = said.blocks[-1]["elements"]
    assert (button["action_id"], button["text"]["text"]) == (UNDO, "Undo")
    place = ActionPlace(channel="C1").about(button["value"])
    assert (place.launch, place.check, place.channel) == ("falcon-2", "17", "C1")
