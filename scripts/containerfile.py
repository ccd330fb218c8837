"""Read a Containerfile: its stages, their instructions, and the image that they describe."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its word, such as RUN, and the text after it on one line."""

    word: str
    text: str

    def words(self) -> list[str]:
        """Its arguments, written as a JSON list or as words."""
        if self.text.startswith("["):
            return [str(word) for word in json.loads(self.text)]
        return shlex.split(self.text)


@dataclass(slots=True)
class Stage:
    """A stage, from its FROM to the next one."""

    base: str
    name: str
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, word: str) -> list[Instruction]:
        """Its instructions of one kind, in order."""
        return [each for each in self.instructions if each.word == word]

    def last(self, word: str) -> Instruction:
        """The instruction of a kind that counts; raises IndexError if there is none."""
        return self.all(word)[-1]

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its ENV instructions."""
        pairs = (pair for each in self.all("ENV") for pair in each.words())
        return dict(pair.split("=", 1) for pair in pairs)

    @property
    def health(self) -> list[str]:
        """The command of its HEALTHCHECK."""
        command = self.last("HEALTHCHECK").text.partition("CMD ")[2]
        return Instruction("CMD", command).words()


def read(path: Path) -> list[Stage]:
    """The stages of a Containerfile, in order."""
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    stages: list[Stage] = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _, text = line.strip().partition(" ")
        if word == "FROM":
            base, _, name = text.partition(" AS ")
            stages.append(Stage(base, name))
        else:
            stages[-1].instructions.append(Instruction(word, " ".join(text.split())))
    return stages
