"""The addresses of the launch room's pages, for links from other places and within it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

__all__ = ["HERE", "RoomPages"]


@dataclass(frozen=True, slots=True)
class RoomPages:
    """The pages of the launch room at an address; without one they are paths."""

    #: the public address of the room, LAUNCH_KITS_URL, such as https://launches.example.com
    base: str = ""

    def launches(self) -> str:
        """The page of all launches."""
        return f"{self.base}/launches"

    def mine(self) -> str:
        """The page with the work of its reader."""
        return f"{self.base}/me"

    def launch(self, slug: str) -> str:
        """The page of a launch."""
        return f"{self.base}/launches/{_part(slug)}"

    def task(self, slug: str, key: str) -> str:
        """The page of a task."""
        return f"{self.launch(slug)}/tasks/{_part(key)}"

    def gates(self, slug: str) -> str:
        """The page of a launch's gates."""
        return f"{self.launch(slug)}/gates"

    def documents(self, slug: str) -> str:
        """The page of a launch's documents."""
        return f"{self.launch(slug)}/documents"

    def document(self, slug: str, key: str) -> str:
        """The page of the document of a task."""
        return f"{self.documents(slug)}/{_part(key)}"

    def cards(self, slug: str) -> str:
        """The page of a launch's battlecards."""
        return f"{self.launch(slug)}/cards"

    def card(self, slug: str, key: str) -> str:
        """The page of the battlecard of a competitor."""
        return f"{self.cards(slug)}/{_part(key)}"

    def desk(self, slug: str) -> str:
        """The answer desk of a launch."""
        return f"{self.launch(slug)}/desk"

    def question(self, slug: str, number: int) -> str:
        """A question at the answer desk of a launch."""
        return f"{self.desk(slug)}#question-{number}"


#: the pages as the room itself links to them
HERE = RoomPages()


def _part(text: str) -> str:
    return quote(text, safe=":")
