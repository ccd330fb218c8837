from launch_kits.claims.ledger_view import view_ledger
from launch_kits.claims.lines import Cited, Mark, PrintedClaim
from tests.samples import INTERNAL, TODAY, claim, ledger


def line(**more: object) -> PrintedClaim:
    found = view_ledger(
        ledger(why_we_win=[claim(**more)]), today=TODAY, reader=INTERNAL
    )
    return found.sections["why_we_win"][0]


def cited(url: str, **more: object) -> Cited:
    given = {"title": None, "line": None, "by": None, "as_of": "2026-10"}
    return Cited(url=url, quality=None, stale=False, **{**given, **more})


def test_marks_are_joined_with_the_confidence():
    found = line(kind="inference", confidence="low", legal_review="required")
    assert found.marks == (Mark.INFERENCE, Mark.LEGAL_REVIEW)
    assert found.mark == (
        "our inference, internal only; legal review open, internal only; "
        "confidence: low"
    )


def test_the_date_of_a_line_is_that_of_its_youngest_source():
    assert line(src=["old", "theirs", "undated"]).as_of == "2026-09"
    # a year lasts until its end
    assert line(src=["theirs", "press"]).as_of == "2026"
    assert line(src="undated").as_of == "unknown"


def test_a_source_is_the_same_in_every_ledger():
    one = cited("https://press.example", title="Review", by="them")
    assert one.key == cited("https://press.example", title="A review", by="us").key
    assert one.key == cited("https://press.example/", as_of="2026-11").key
    assert one.key != cited("https://press.example", line="12").key
