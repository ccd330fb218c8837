"""The rows of the answer desk: a question by its number, and typed texts."""

from __future__ import annotations

from launch_kits.database.records import Question
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused
from launch_kits.verbs.cards import write_again
from launch_kits.verbs.transaction import Change

__all__ = [
    "MOST",
    "find_question",
    "launch_of_question",
    "write_documents",
    "written",
]

#: characters of a question, an answer or a source
MOST = 2000
#: the documents that list questions and answers
DOCUMENTS = ("sales_faq.md.j2", "answer_desk.md.j2")


def find_question(change: Change, number: int) -> Question:
    """A question of the launch by its number; raises NotFound."""
    question = change.session.get(Question, number)
    if question is None or question.launch != change.launch.slug:
        raise NotFound(f"no question {number}; `launch-kits desk` lists them")
    return question


def launch_of_question(store: Store | Change, number: int) -> str:
    """The launch that a question is about; raises NotFound."""
    if isinstance(store, Change):
        return find_question(store, number).launch
    with store.read() as session:
        question = session.get(Question, number)
    if question is None:
        raise NotFound(f"no question {number}; `launch-kits desk` lists them")
    return question.launch


def written(text: str, noun: str) -> str:
    """A typed text on one line; raises Refused for an empty or a very long one."""
    found = " ".join(text.split())
    if not found:
        raise Refused(f"the {noun} is empty; write it in a few words")
    if len(found) > MOST:
        raise Refused(f"the {noun} has {len(found)} characters; write {MOST} at most")
    return found


def write_documents(change: Change, *, about: str | None) -> None:
    """Have the documents written again that list questions, or all that print a claim."""
    write_again(change, templates=None if about else DOCUMENTS)
