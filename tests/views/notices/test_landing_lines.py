from __future__ import annotations

from launch_kits.views.notices.digest_lines import DigestView
from launch_kits.views.notices.landing_lines import landing_lines
from tests.slack.views import READER

DAY = {"product": "Valkey 9.0", "launch_on": "2027-03-02"}


def said(**facts: object) -> str:
    (line,) = landing_lines(DigestView({"launches": [{**DAY, **facts}]}, READER))
    return line.removeprefix("Valkey 9.0: launch day Tue 2 Mar")


def test_a_launch_says_where_it_lands() -> None:
    assert said(lands_on="2027-03-02") == ""
    assert said(lands_on="2027-03-04") == ", lands on Thu 4 Mar as things stand"
    assert said() == ", which cannot be kept as things stand"


def test_the_causes_of_a_slip_are_named_and_their_days_add_up() -> None:
    shares = [
        {"cause": '"Copy"', "days": 3},
        {"cause": '"Deck" (Pia is away on some days)', "days": 2},
        {"cause": "changes made since the plan", "days": 1},
    ]
    told = ", lands on Wed 10 Mar as things stand, because of"
    assert (
        said(lands_on="2027-03-10", because=shares[:1])
        == f'{told} "Copy" (+3 working days)'
    )
    assert said(lands_on="2027-03-10", because=shares) == (
        f'{told} "Copy" (+3 working days), "Deck" (Pia is away on some days) (+2), '
        "another task (+1)"
    )


def test_a_lead_reads_that_the_landing_changed_since_the_last_digest() -> None:
    grown = said(lands_on="2027-03-10", landed="2027-03-04")
    assert grown == (
        ", lands on Wed 10 Mar as things stand (Thu 4 Mar in your last digest)"
    )
    over = said(lands_on="2027-03-02", landed="2027-03-04")
    assert over == ", on which it lands again (Thu 4 Mar in your last digest)"
    never = said(landed="2027-03-04")
    assert never == (
        ", which cannot be kept as things stand (Thu 4 Mar in your last digest)"
    )
    again = said(lands_on="2027-03-04", landed="never")
    assert again.endswith("as things stand (no day in your last digest)")
