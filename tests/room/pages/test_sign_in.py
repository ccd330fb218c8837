from __future__ import annotations

from launch_kits.room.attempts import MOST
from tests.launches import LEAD, PMM, STRANGER
from tests.room.visiting import text_of


def test_the_operator_chooses_a_member_of_a_team(visit):
    page = visit.get("/sign-in?next=/launches").text
    assert LEAD in page
    assert 'name="next" value="/launches"' in page
    answer = visit.send("/sign-in", email=LEAD.upper(), next="/launches")
    assert answer.headers["location"] == "/launches"
    assert LEAD in visit.text("/launches")


def test_only_a_member_can_be_chosen(visit):
    assert visit.send("/sign-in", email=STRANGER).status_code == 404
    assert visit.get("/me").status_code == 303


def test_a_person_signs_out_here_and_elsewhere(visit):
    visit.sign_in(LEAD)
    other, visit.browser = visit.browser, visit.another()
    visit.sign_in(LEAD)
    page = visit.get("/sign-in").text
    assert "Sign out" in page
    ended = page.partition("/sessions/")[2].partition("/end")[0]
    visit.send(f"/sessions/{ended}/end")
    assert other.get("/me").status_code == 303
    assert visit.send(f"/sessions/{ended}/end").status_code == 404
    visit.send("/sign-out")
    assert visit.get("/me").status_code == 303
    other.close()


def test_too_many_attempts_have_to_wait(visit):
    for _ in range(MOST):
        visit.send("/sign-in", email=STRANGER)
    refused = visit.send("/sign-in", email=LEAD)
    assert refused.status_code == 429
    assert "too many attempts" in text_of(refused.text).lower()


def test_who_is_known_otherwise_chooses_no_one(arriving, visit):
    env = {
        "LAUNCH_KITS_AUTH_HEADER": "X-Email",
        "LAUNCH_KITS_TRUSTED_PROXIES": "127.0.0.1",
    }
    behind = arriving(**env)
    behind.browser.headers["X-Email"] = PMM
    assert "Who you are" in behind.text("/sign-in")
    refused = behind.send("/sign-in", email=LEAD)
    assert refused.status_code == 409
