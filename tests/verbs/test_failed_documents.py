from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.errors import DocumentError
from launch_kits.verbs.failed_documents import tell_of_failures
from tests.launches import LEAD, NOW, SLUG, at, notices, sentence_of

CARD = "battlecard:kite"


def test_the_lead_hears_once_of_documents_that_cannot_be_written(
    falcon: Store,
) -> None:
    failed = {CARD: DocumentError("battlecard.md.j2: no such filter")}
    for day in ("01-12", "01-13"):
        tell_of_failures(falcon, SLUG, failed, now=at(day))
    (told,) = notices(falcon, "news")
    assert (told.to, told.filed_at) == (LEAD, at("01-12"))
    assert sentence_of(falcon, told, now=NOW) == (
        'Falcon 2: The document of "Battlecard: Kite" cannot be written; earlier versions '
        "stay. The person who runs this finds the reason in the log. "
        "It is tried again by itself."
    )


def test_another_fault_is_told_again(falcon: Store) -> None:
    for fault in ("no such filter", "no such field"):
        failed = {CARD: DocumentError(fault)}
        tell_of_failures(falcon, SLUG, failed, now=NOW)
    assert len(notices(falcon, "news")) == 2
