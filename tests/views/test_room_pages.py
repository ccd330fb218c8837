from __future__ import annotations

from launch_kits.views.room_pages import HERE, RoomPages


def test_an_address_holds_the_public_address_and_quoted_keys():
    pages = RoomPages("https://launches.example.com")
    assert pages.task("falcon", "battlecard:kite") == (
        "https://launches.example.com/launches/falcon/tasks/battlecard:kite"
    )
    assert pages.card("falcon", "a/b?c") == (
        "https://launches.example.com/launches/falcon/cards/a%2Fb%3Fc"
    )


def test_the_room_links_to_its_own_pages_by_paths():
    assert HERE.gates("falcon") == "/launches/falcon/gates"
    assert HERE.question("falcon", 7) == "/launches/falcon/desk#question-7"
