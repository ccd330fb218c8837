"""The canvases of the stand-in: one for each channel, and others.

https://docs.slack.dev/surfaces/canvases
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.slack.stand_in_base import Base, Refusal, structure

#: characters of a canvas's content
MOST = 1_048_576
#: https://docs.slack.dev/reference/methods/canvases.edit; sections are not kept here
OPERATIONS = ("replace", "insert_at_start", "insert_at_end", "rename")


@dataclass
class Canvas:
    id: str
    title: str
    markdown: str
    #: the channel that it is a tab of
    channel: str | None
    edits: int = 0


class Canvases(Base):
    """Canvases by id; ``canvases_refused`` is the error of a workspace that has none."""

    def __init__(self) -> None:
        self.canvases: dict[str, Canvas] = {}
        #: such as ``team_tier_cannot_create_channel_canvases``
        self.canvases_refused = ""
        #: whether the app was installed without the scope ``files:read``
        self.files_unread = False

    def _conversations_canvases_create(
        self, channel_id: str, document_content: object = None, title: str = ""
    ) -> dict[str, Any]:
        self._allow_canvases()
        channel = self._channel(channel_id)
        if not channel.member:
            raise Refusal("not_in_channel")
        if channel.canvas is not None:
            raise Refusal("channel_canvas_already_exists")
        channel.canvas = self._canvas(title, document_content, channel_id)
        return {"canvas_id": channel.canvas}

    def _canvases_create(
        self,
        title: str = "",
        document_content: object = None,
        channel_id: str | None = None,
    ) -> dict[str, Any]:
        self._allow_canvases()
        if channel_id is not None:
            self._channel(channel_id)
        return {"canvas_id": self._canvas(title, document_content, channel_id)}

    def _canvases_edit(self, canvas_id: str, changes: object) -> dict[str, Any]:
        self._allow_canvases()
        canvas = self.canvases.get(canvas_id)
        if canvas is None:
            raise Refusal("canvas_not_found")
        asked = structure(changes)
        # https://docs.slack.dev/reference/methods/canvases.edit: one operation a call
        if not isinstance(asked, list) or len(asked) != 1:
            raise Refusal("invalid_arguments")
        (change,) = asked
        operation = change.get("operation")
        if operation not in OPERATIONS or "section_id" in change:
            raise Refusal("canvas_editing_failed")
        if operation == "rename":
            canvas.title = _markdown(change.get("title_content"))
        else:
            written = _markdown(change.get("document_content"))
            canvas.markdown = {
                "replace": written,
                "insert_at_start": f"{written}\n{canvas.markdown}",
                "insert_at_end": f"{canvas.markdown}\n{written}",
            }[operation]
        canvas.edits += 1
        return {}

    def _canvases_delete(self, canvas_id: str) -> dict[str, Any]:
        if self.canvases.pop(canvas_id, None) is None:
            raise Refusal("canvas_not_found")
        for channel in self.channels.values():
            if channel.canvas == canvas_id:
                channel.canvas = None
        return {}

    def _files_list(self, channel: str, count: str = "100") -> dict[str, Any]:
        """The canvases of a channel, newest first.

        https://docs.slack.dev/reference/methods/files.list
        """
        if self.files_unread:
            raise Refusal("missing_scope", needed="files:read")
        self._channel(channel)
        found = [each for each in self.canvases.values() if each.channel == channel]
        return {
            "files": [
                {
                    "id": each.id,
                    "title": each.title,
                    "mimetype": "application/vnd.slack-docs",
                    "filetype": "quip",
                }
                for each in reversed(found[-int(count) :])
            ]
        }

    def _canvas(self, title: str, content: object, channel: str | None) -> str:
        written = _markdown(structure(content)) if content else ""
        key = f"F{next(self._numbers)}"
        self.canvases[key] = Canvas(key, title, written, channel)
        return key

    def _allow_canvases(self) -> None:
        if self.canvases_refused:
            raise Refusal(self.canvases_refused)


def _markdown(content: object) -> str:
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise Refusal("invalid_arguments")
    written = content.get("markdown")
    if not isinstance(written, str) or len(written) > MOST:
        raise Refusal("invalid_arguments")
    return written
