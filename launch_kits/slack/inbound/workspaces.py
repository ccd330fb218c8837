"""The workspace of the app, and the requests that come from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from launch_kits.database.records import SlackWorkspace
from launch_kits.database.store import Store
from launch_kits.slack.api.faults import SlackFault, Unclear
from launch_kits.slack.api.interactive import Web
from launch_kits.slack.api.transport import part

__all__ = ["Workspaces", "is_from"]

#: how long Slack's word on the workspace holds
HOLDS = timedelta(days=1)


class Workspaces:
    """Knows the workspace in which the app is installed."""

    def __init__(
        self, web: Web, store: Store, *, token: str, clock: Callable[[], datetime]
    ) -> None:
        """``token`` is that of the settings."""
        self._web = web
        self._store = store
        self._now = clock
        self._key = hashlib.sha256(token.encode()).hexdigest()[:16]

    def own(self) -> SlackWorkspace:
        """The app's workspace; Slack is asked for it once a day.

        Raises SlackFault if it is unknown and Slack does not answer.
        """
        with self._store.read() as session:
            known = session.get(SlackWorkspace, self._key)
        if known is not None and self._now() - known.read_at < HOLDS:
            return known
        try:
            found = self._web.ask("auth.test")
        except SlackFault:
            if known is not None:
                return known
            raise
        team = found.get("team_id")
        enterprise = found.get("enterprise_id")
        if not isinstance(team, str) or not team:
            raise Unclear('the answer of auth.test lacks "team_id"')
        app_user = found.get("user_id")
        row = SlackWorkspace(
            token=self._key,
            team=team,
            enterprise=enterprise if isinstance(enterprise, str) else None,
            org_wide=found.get("is_enterprise_install") is True,
            app_user=app_user if isinstance(app_user, str) else None,
            read_at=self._now(),
        )
        with self._store.write() as session:
            return session.merge(row)


def is_from(workspace: SlackWorkspace, body: Mapping[str, object]) -> bool:
    """Whether a payload came from a workspace: its own, or one of its organisation.

    One of the organisation counts only if the app is installed in all of it. A payload that names
    no workspace came from elsewhere.
    """
    teams = {body.get("team_id"), part(body, "team").get("id")} - {None, ""}
    if teams == {workspace.team}:
        return True
    organisations = {body.get("enterprise_id"), part(body, "enterprise").get("id")}
    return workspace.org_wide and organisations - {None, ""} == {workspace.enterprise}
