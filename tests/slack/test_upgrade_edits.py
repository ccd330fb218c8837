"""The first delivery after an upgrade, at which every message is compared anew."""

from __future__ import annotations

from sqlmodel import delete

from launch_kits.database.records import Compared, LaunchCanvas
from launch_kits.verbs import done
from tests.launches import NOW, SLUG
from tests.slack.office import Office


def test_what_did_not_change_is_neither_edited_nor_uploaded_again(
    falcon_office: Office,
) -> None:
    office = falcon_office
    slack = falcon_office.slack
    done(office.store, SLUG, "positioning", now=NOW)
    for _ in range(3):  # until links to messages and pages are known
        office.deliver()
    before = len(slack.calls)
    with office.store.write() as session:
        session.exec(delete(Compared))
        for canvas in session.exec(LaunchCanvas.__table__.select()).all():
            session.get(LaunchCanvas, canvas.launch).revision = -1
    office.deliver()
    asked = [method for method, *_ in slack.calls[before:]]
    written = ("chat.update", "chat.postMessage", "canvases.edit", "pins.add")
    assert [each for each in asked if each in written or "ploadU" in each] == []
