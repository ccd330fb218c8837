import pytest

from launch_kits.documents.formats.metadata import Paper, metadata_of
from tests.samples import CUSTOMER, INTERNAL, PARTNER, TODAY, brief, facts, task


@pytest.mark.parametrize(
    ("country", "paper"),
    [
        (None, Paper.A4),
        ("DE", Paper.A4),
        ("US", Paper.LETTER),
        ("US-CA", Paper.LETTER),
        ("CA", Paper.LETTER),
    ],
)
def test_the_paper_follows_the_country_of_the_launch(country, paper):
    assert metadata_of(facts(brief(holidays=country)), task()).paper is paper


@pytest.mark.parametrize(
    ("reader", "audience", "said"),
    [
        (INTERNAL, INTERNAL, "Internal"),
        (PARTNER, PARTNER, "For partners"),
        (INTERNAL, CUSTOMER, "Internal, working copy"),
        (CUSTOMER, CUSTOMER, "For customers"),
    ],
)
def test_the_reader_is_the_widest_audience(reader, audience, said):
    assert (
        metadata_of(facts(brief(), reader=reader), task(audience=audience)).reader
        == said
    )


def test_a_press_release_is_for_the_press():
    release = task(audience=CUSTOMER, template="press_release.md.j2")
    outside = metadata_of(facts(brief(), reader=CUSTOMER), release)
    assert outside.reader == "For the press"
    inside = metadata_of(facts(brief(), reader=INTERNAL), release)
    assert inside.reader == "Internal, working copy"


def test_only_internal_readers_see_the_owner():
    assert metadata_of(facts(brief()), task()).author == "Pam"
    assert (
        metadata_of(facts(brief(), reader=CUSTOMER), task(audience=CUSTOMER)).author
        == "Acme 2"
    )


def test_the_title_of_a_file_names_the_product_once():
    metadata = metadata_of(facts(brief()), task())
    assert metadata.called("The card") == "The card · Acme 2"
    assert metadata.called("") == "Battlecard: Globex · Acme 2"
    assert metadata.called("Positioning: Acme 2") == "Positioning: Acme 2"


def test_the_day_is_the_day_of_the_facts():
    assert metadata_of(facts(brief()), task()).day == TODAY


def test_a_copy_for_customers_has_no_day_in_its_footer():
    inside = metadata_of(facts(brief()), task(audience=CUSTOMER))
    assert inside.footer_day == "22 November 2026 · "
    outside = metadata_of(facts(brief(), reader=CUSTOMER), task(audience=CUSTOMER))
    assert (outside.footer_day, outside.day) == ("", TODAY)
