from __future__ import annotations

from datetime import date

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.team import Absence
from launch_kits.verbs.arrangements import arrange, arranged, roles_held
from tests.launches import LEAD, LEGAL, OPS, PMM, SALES, STRANGER, brief_with


def absence(
    who: str = PMM,
    backup: str = OPS,
    *,
    first: str = "2027-01-13",
    last: str | None = "2027-01-22",
    by: str | None = LEAD,
) -> Absence:
    return Absence.model_validate(
        {"who": who, "backup": backup, "from": first, "to": last, "by": by}
    )


def days(brief: Brief) -> list[tuple[str, date, date | None]]:
    return [(each.who, each.from_, each.to) for each in brief.absences]


def test_an_absence_is_added_to_the_brief() -> None:
    found = arrange(brief_with(), absence())
    assert found.absences == (absence(),)
    assert found.team == brief_with().team


def test_another_absence_of_a_person_replaces_the_rest_of_the_one_before() -> None:
    brief = arrange(brief_with(), absence())
    same_day = arrange(brief, absence(last="2027-01-15"))
    assert days(same_day) == [(PMM, date(2027, 1, 13), date(2027, 1, 15))]
    later = arrange(brief, absence(first="2027-01-18", last="2027-01-19"))
    assert days(later) == [
        (PMM, date(2027, 1, 13), date(2027, 1, 17)),
        (PMM, date(2027, 1, 18), date(2027, 1, 19)),
    ]


def test_what_the_brief_itself_says_stays() -> None:
    brief = brief_with(
        absences=[absence(by=None).model_dump(mode="json", by_alias=True)]
    )
    assert len(arrange(brief, absence()).absences) == 2


def test_the_roles_of_a_person_who_left_go_to_the_successor() -> None:
    found = arrange(brief_with(), absence(OPS, SALES, last=None))
    assert roles_held(found, SALES) == ["sales", "ops"]
    assert found.team["ops"].timezone == "Asia/Singapore"
    # the role's own relations, unless they lead to the successor
    found = arrange(brief_with(), absence(PMM, OPS, last=None))
    assert (found.team["pmm"].backup, found.team["pmm"].manager) == (None, "lead")


def test_a_successor_outside_the_team_is_known_by_email() -> None:
    found = arrange(brief_with(), absence(LEGAL, STRANGER, last=None))
    assert (found.team["legal"].name, found.team["legal"].email) == (STRANGER, STRANGER)


def test_a_person_who_takes_over_again_is_back() -> None:
    left = arrange(brief_with(), absence(PMM, OPS, last=None))
    again = arrange(left, absence(OPS, PMM, last=None))
    assert [each.who for each in again.absences] == [OPS]
    assert roles_held(again, PMM) == ["pmm", "ops"]


def test_another_brief_keeps_what_was_arranged_while_the_launch_ran() -> None:
    running = arrange(
        arrange(brief_with(), absence(LEGAL, SALES, last=None)), absence()
    )
    found = arranged(running, brief_with(product="Falcon 3"))
    assert found.absences == running.absences
    assert found.team == running.team
    assert found.product == "Falcon 3"


def test_another_brief_may_give_the_role_of_a_leaver_to_another_person() -> None:
    running = arrange(brief_with(), absence(LEGAL, SALES, last=None))
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    found = arranged(
        running,
        brief_with(team={**team, "legal": {"name": "Liv", "email": "liv@example.com"}}),
    )
    assert found.team["legal"].email == "liv@example.com"


def test_what_another_brief_no_longer_says_is_gone() -> None:
    written = brief_with(
        absences=[absence(by=None).model_dump(mode="json", by_alias=True)]
    )
    assert arranged(written, brief_with()).absences == ()
