from __future__ import annotations

import pytest
from sqlmodel import select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import Notice
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.admission import NAMELESS, Unknown
from launch_kits.verbs import begin
from tests.launches import NOW, PMM, SLUG, STRANGER
from tests.slack.office import UI, Office


def test_a_member_without_an_email_is_unknown(falcon_office: Office) -> None:
    slack = falcon_office.app.slack
    falcon_office.slack.shown_as[STRANGER] = None
    with pytest.raises(Unknown, match="does not tell the app your email"):
        slack.email(falcon_office.slack.people[STRANGER])
    assert NAMELESS.endswith("Please ask an admin of your Slack workspace.")


def test_an_answer_goes_to_the_channel_if_the_response_url_fails(
    falcon_office: Office,
) -> None:
    user = falcon_office.slack.people[PMM]
    place = ActionPlace(channel=f"D{user}", url="http://127.0.0.1:1/gone")
    falcon_office.app.slack.answer(user, place, "Hello")
    assert falcon_office.told == "Hello"
    assert falcon_office.slack.called("chat.postEphemeral") == 1


def test_an_answer_in_the_home_is_shown_there(falcon_office: Office) -> None:
    user = falcon_office.slack.people[PMM]
    falcon_office.app.slack.answer(user, ActionPlace(home=True), "Hello")
    assert falcon_office.slack.called("views.publish") == 1
    assert falcon_office.slack.told == []


def test_show_message_brings_the_clicked_message_up_to_date(
    falcon_office: Office,
) -> None:
    slack = falcon_office.app.slack
    begin(falcon_office.store, SLUG, "positioning", by=PMM, now=NOW)
    with falcon_office.store.read() as session:
        of_task = select(Notice).where(Notice.task == "positioning", Notice.to == PMM)
        notice = session.exec(of_task).one()
    context = slack.context(SLUG)
    updates = falcon_office.slack.called("chat.update")
    slack.show_message(
        ActionPlace(channel=notice.channel or "", ts=notice.ts or ""), context
    )
    assert falcon_office.slack.called("chat.update") == updates + 1
    assert "Please finish" in falcon_office.message(PMM, "Positioning")["text"]
    slack.show_message(ActionPlace(channel="C9", ts="1.1"), context)
    slack.show_message(
        ActionPlace(channel=notice.channel or "", ts=notice.ts or "", fleeting=True),
        context,
    )
    assert falcon_office.slack.called("chat.update") == updates + 1


def test_page_is_known_if_the_launch_has_a_run(falcon_office: Office) -> None:
    slack = falcon_office.app.slack
    assert slack.page(slack.context(SLUG)) is None
    with falcon_office.store.write() as session:
        find_launch(session, SLUG, lock=True).flow_run_id = "7"
    assert slack.page(slack.context(SLUG)) == f"{UI}/runs/flow-run/7"
