from __future__ import annotations

import pytest

from launch_kits.room.cookies import SAID, SESSION
from launch_kits.room.forgery import COOKIE, FIELD
from launch_kits.room.frame import LONGEST
from launch_kits.room.writing import Writer
from launch_kits.views.kept_contexts import KeptContexts
from tests.launches import LEAD, PMM, SLUG, dump, task
from tests.room.visiting import HOST, text_of

TASK = f"/launches/{SLUG}/tasks/positioning"
GATES = f"/launches/{SLUG}/gates"


def test_pages_carry_a_strict_policy(visit):
    answer = visit.get("/launches")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    for forbidden in ("<style", " style=", "<script>", " onclick="):
        assert forbidden not in answer.text


def test_a_visitor_without_a_name_may_look_and_must_choose_to_act(visit):
    assert "Falcon" in visit.text("/launches")
    assert visit.get("/me").headers["location"] == "/sign-in?next=%2Fme"
    answer = visit.send(f"{TASK}/begin")
    assert answer.headers["location"].startswith("/sign-in?")
    assert task(visit.store, "positioning").status == "ready"


def test_strangers_see_nothing(visit):
    stranger = visit.another(host="http://abc.tunnel.example")
    for path in ("/launches", f"/launches/{SLUG}", "/launches/nope", "/sign-in"):
        answer = stranger.get(path)
        assert answer.status_code == 401
        assert "Falcon" not in answer.text
    assert stranger.post("/sign-in", data={"email": LEAD}).status_code == 401


@pytest.mark.parametrize("path", ["/launches/nope", f"/launches/{SLUG}/tasks/nope"])
def test_a_page_that_is_not_there_says_so(visit, path):
    answer = visit.get(path)
    assert answer.status_code == 404
    assert "nope" in text_of(answer.text)
    assert "`" not in answer.text


def test_a_form_without_its_token_changes_nothing(visit):
    visit.sign_in(PMM)
    before = dump(visit.store)
    for form in ({}, {FIELD: "guessed"}):
        refused = visit.browser.post(f"{TASK}/begin", data=form)
        assert refused.status_code == 403
    elsewhere = {"origin": "https://evil.example"}
    token = {FIELD: visit.browser.cookies[COOKIE]}
    assert (
        visit.browser.post(f"{TASK}/begin", data=token, headers=elsewhere).status_code
        == 403
    )
    assert dump(visit.store) == before


def test_an_act_is_told_once_and_followed_up(visit):
    visit.sign_in(PMM)
    answer = visit.send(f"{TASK}/begin")
    assert visit.followed == [SLUG]
    assert "Positioning" in visit.said(answer)
    assert 'role="status" hidden' in visit.get(TASK).text


def test_cookies_cannot_be_read_by_scripts(visit):
    answer = visit.send("/sign-in", email=PMM)
    cookies = answer.headers.get_list("set-cookie")
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert names == {SESSION, SAID}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie


def test_cookies_of_a_public_address_stay_on_its_own_connection(arriving):
    env = {
        "LAUNCH_KITS_URL": "https://launches.example.com",
        "LAUNCH_KITS_AUTH_HEADER": "X-Email",
        "LAUNCH_KITS_TRUSTED_PROXIES": "127.0.0.1",
    }
    answer = arriving(**env).get("/launches", headers={"X-Email": LEAD})
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"__Host-{COOKIE}="), (
        "no other site of the domain can set it"
    )
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_text_that_is_too_long_is_refused_whole(visit):
    visit.sign_in(PMM)
    before = dump(visit.store)
    answer = visit.send(f"{TASK}/note", note="x" * (LONGEST + 1))
    assert answer.status_code == 422
    assert "too long" in text_of(answer.text)
    assert dump(visit.store) == before


def test_a_second_header_beside_that_of_the_proxy_makes_no_one_known(visit, arriving):
    proxy = {
        "LAUNCH_KITS_AUTH_HEADER": "X-Email",
        "LAUNCH_KITS_TRUSTED_PROXIES": "10.0.0.7",
    }
    browser = arriving(**proxy).another(peer="10.0.0.7")
    assert browser.get("/me", headers={"X-Email": PMM}).status_code == 200
    for twice in ([LEAD, PMM], [PMM, LEAD], [PMM, PMM]):
        headers = [("X-Email", each) for each in twice]
        assert browser.get("/me", headers=headers).status_code == 401


def test_a_form_with_many_fields_is_read(visit):
    visit.sign_in(PMM)
    many = {f"field{number}": "x" for number in range(2_000)}
    assert visit.send(f"{TASK}/begin", **many).status_code == 303
    assert task(visit.store, "positioning").status == "doing"


#: how a browser asks for a page
ASKS = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/nowhere", 404),
        ("get", f"{TASK}/", 404),
        ("get", "/static/0/room.css", 404),
        ("get", f"/launches/{SLUG}/desk/1/answer", 405),
        ("put", "/launches", 405),
        ("post", "/start", 413),
    ],
)
def test_whatever_is_refused_a_person_reads_a_page_with_the_way_back(
    visit, method, path, status
):
    visit.sign_in(PMM)
    body = {"content": b"x" * 2_000_000} if status == 413 else {}
    answer = visit.browser.request(method, path, headers=ASKS, **body)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert '<a href="/launches">' in answer.text
    assert PMM in answer.text
    program = visit.browser.request(method, path, **body)
    assert program.headers["content-type"] == "application/json"


def test_a_page_that_fails_is_told_without_its_reason(visit, monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret figures")

    monkeypatch.setattr(Writer, "page", fail)
    broken = visit.get("/launches", headers=ASKS)
    assert (broken.status_code, broken.json()) == (500, {"error": "internal error"})
    monkeypatch.undo()
    monkeypatch.setattr(KeptContexts, "of", fail)
    answer = visit.get(f"/launches/{SLUG}", headers=ASKS)
    assert answer.status_code == 500
    assert "Something went wrong" in text_of(answer.text)
    assert "secret" not in answer.text


def test_a_stranger_at_an_unknown_address_learns_nothing(visit):
    stranger = visit.another(host="http://abc.tunnel.example")
    answer = stranger.get("/launches/falcon/nowhere", headers=ASKS)
    assert answer.status_code == 404
    assert "Falcon" not in answer.text
    assert "My page" not in answer.text


@pytest.mark.parametrize(
    ("page", "back"),
    [
        (f"{HOST}{GATES}#checks", f'href="{GATES}"'),
        (f"https://evil.example{GATES}", None),
        (f"{HOST}//evil.example", None),
        ("", None),
    ],
)
def test_a_refused_form_leads_back_to_its_own_page_alone(visit, page, back):
    visit.sign_in(LEAD)
    visit.browser.headers["Referer"] = page
    answer = visit.send(f"{GATES}/nothing/x/check")
    assert answer.status_code >= 400
    assert ("Back to the page" in answer.text) == (back is not None)
    if back:
        assert f"{back}>Back to the page" in answer.text
