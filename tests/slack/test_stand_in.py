"""The stand-in behaves as Slack's documents say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.launches import LEAD, PMM
from tests.slack.office import Office
from tests.slack.stand_in import TOKEN, Channel
from tests.slack.stand_in_tokens import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
from tests.slack.workspace import Workspace, typed

MESSAGE: dict[str, Any] = {
    "text": "Hi",
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}],
    "metadata": {"event_type": "launch_kits_notice", "event_payload": {"key": "1"}},
}


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with Workspace(LEAD, PMM, channels=(Channel("C9", "falcon"),)) as slack:
        yield slack


@pytest.fixture
def web(slack: Workspace) -> WebClient:
    return WebClient(TOKEN, base_url=slack.url, retry_handlers=[])


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


class TestMembers:
    def test_a_guest_and_a_stranger_say_what_they_are(self, slack, web):
        slack.enterprise_id = "E1"
        slack.make(PMM, is_restricted=True)
        slack.make(LEAD, is_stranger=True)
        guest = web.users_info(user=slack.people[PMM])["user"]
        stranger = web.users_info(user=slack.people[LEAD])["user"]
        assert guest["is_restricted"]
        assert guest["enterprise_user"] == {"enterprise_id": "E1", "teams": ["T1"]}
        assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T9")
        assert "enterprise_user" not in stranger

    def test_one_who_left_is_not_found_by_email_and_cannot_be_written_to(
        self, slack, web
    ):
        slack.make(PMM, deleted=True)
        with pytest.raises(SlackApiError) as error:
            web.users_lookupByEmail(email=PMM)
        assert refusal(error) == "users_not_found"
        with pytest.raises(SlackApiError) as error:
            web.conversations_open(users=slack.people[PMM])
        assert refusal(error) == "user_disabled"

    def test_the_workspace_names_itself(self, slack, web):
        assert web.auth_test()["team_id"] == "T1"


class TestMessages:
    def test_a_deleted_message_is_gone(self, slack, web):
        ts = web.chat_postMessage(channel="C9", **MESSAGE)["ts"]
        slack.delete("C9", ts)
        with pytest.raises(SlackApiError) as error:
            web.chat_update(channel="C9", ts=ts, **MESSAGE)
        assert refusal(error) == "message_not_found"
        assert web.conversations_history(channel="C9", limit=9)["messages"] == []

    def test_a_deleted_message_with_replies_leaves_a_tombstone(self, slack, web):
        ts = web.chat_postMessage(channel="C9", **MESSAGE)["ts"]
        slack.say(PMM, "C9", "Why?", thread_ts=ts)
        slack.delete("C9", ts)
        left = web.conversations_history(channel="C9", limit=9)["messages"]
        assert [each["subtype"] for each in left] == ["tombstone"]
        with pytest.raises(SlackApiError) as error:
            web.chat_update(channel="C9", ts=ts, **MESSAGE)
        assert refusal(error) == "message_not_found"

    def test_messages_of_others_are_not_edited(self, slack, web):
        said = slack.say(PMM, "C9", "Mine")
        with pytest.raises(SlackApiError) as error:
            web.chat_update(channel="C9", ts=said["ts"], **MESSAGE)
        assert refusal(error) == "cant_update_message"

    def test_a_reply_has_a_link_into_its_thread(self, slack, web):
        ts = web.chat_postMessage(channel="C9", **MESSAGE)["ts"]
        reply = slack.say(PMM, "C9", "Why?", thread_ts=ts)["ts"]
        link = web.chat_getPermalink(channel="C9", message_ts=reply)["permalink"]
        digits = reply.replace(".", "")
        assert link.endswith(f"/archives/C9/p{digits}?thread_ts={ts}&cid=C9")


class TestCanvases:
    def test_a_channel_has_one_canvas_which_is_edited(self, slack, web):
        content = {"type": "markdown", "markdown": "# Plan"}
        made = web.conversations_canvases_create(
            channel_id="C9", document_content=content
        )
        again = {"type": "markdown", "markdown": "# Plan 2"}
        change = {"operation": "replace", "document_content": again}
        web.canvases_edit(canvas_id=made["canvas_id"], changes=[change])
        assert slack.canvases[made["canvas_id"]].markdown == "# Plan 2"
        with pytest.raises(SlackApiError) as error:
            web.conversations_canvases_create(channel_id="C9", document_content=content)
        assert refusal(error) == "channel_canvas_already_exists"
        shown = web.conversations_info(channel="C9")["channel"]["properties"]
        assert shown == {"canvas": {"file_id": made["canvas_id"]}}

    def test_a_workspace_may_have_none(self, slack, web):
        slack.canvases_refused = "team_tier_cannot_create_channel_canvases"
        with pytest.raises(SlackApiError) as error:
            web.api_call("conversations.canvases.create", json={"channel_id": "C9"})
        assert refusal(error) == "team_tier_cannot_create_channel_canvases"


class TestTokens:
    def test_an_expired_token_is_exchanged_once(self, slack, web):
        slack.expire()
        with pytest.raises(SlackApiError) as error:
            web.auth_test()
        assert refusal(error) == "token_expired"
        exchange = {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "grant_type": "refresh_token",
            "refresh_token": REFRESH_TOKEN,
        }
        exchanged = web.oauth_v2_access(**exchange)
        assert web.auth_test(token=exchanged["access_token"])["ok"]
        with pytest.raises(SlackApiError) as error:
            web.oauth_v2_access(**exchange)
        assert refusal(error) == "invalid_refresh_token"


class TestEvents:
    @pytest.fixture
    def channel(self, falcon_office: Office) -> str:
        return falcon_office.slack.named("falcon-2-launch").id

    def test_each_is_acknowledged(self, falcon_office, channel):
        people = falcon_office.people
        root = people.write(PMM, channel, typed("R&D <plan>"))["event"]
        assert root["text"] == "R&amp;D &lt;plan&gt;"
        reply = people.write(LEAD, channel, "Yes", thread_ts=root["ts"])["event"]
        people.share_link(PMM, channel, "https://room.example.com/l/falcon")
        assert people.rename(channel, "eagle")["event"]["channel"]["name"] == "eagle"
        changed = people.delete(channel, root["ts"])["event"]
        assert changed["message"]["subtype"] == "tombstone"
        gone = people.delete(channel, reply["ts"])["event"]
        assert (gone["subtype"], gone["deleted_ts"]) == ("message_deleted", reply["ts"])
        assert gone["previous_message"]["text"] == "Yes"
        people.revoke_tokens()
        assert set(falcon_office.slack.tokens.values()) == {"token_revoked"}
        falcon_office.settle()

    def test_a_stranger_comes_from_another_workspace(self, falcon_office, channel):
        falcon_office.slack.make(PMM, is_stranger=True)
        payload = falcon_office.people.write(PMM, channel, "Hi")
        assert payload["team_id"] == "T1"
        assert payload["context_team_id"] == payload["event"]["user_team"] == "T9"


class TestViews:
    def test_a_modal_is_laid_over_another_by_a_new_trigger(self, slack, web):
        view = {
            "type": "modal",
            "callback_id": "x",
            "private_metadata": "",
            "title": {"type": "plain_text", "text": "Hand over"},
            "submit": {"type": "plain_text", "text": "Next"},
            "blocks": [
                {
                    "type": "input",
                    "block_id": "to",
                    "label": {"type": "plain_text", "text": "To"},
                    "element": {"type": "users_select", "action_id": "to"},
                }
            ],
        }
        slack.triggers |= {"t1": False, "t2": False}
        web.views_open(trigger_id="t1", view=view)
        web.views_push(trigger_id="t2", view=view)
        assert (len(slack.modals), slack.pushed) == (2, ["t2"])
        with pytest.raises(SlackApiError) as error:
            web.views_push(trigger_id="t2", view=view)
        assert refusal(error) == "exchanged_trigger_id"
