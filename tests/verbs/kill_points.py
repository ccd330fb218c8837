"""Kills a process at every statement of a verb.

Takes one statement after the other, and prints the state that each left behind, as JSON.

Run as ``python -m tests.verbs.kill_points URL VERB STRIDE``: at every statement, or every second or
third one. Processes are forked, so that only the first has to import.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine, delete, event
from sqlmodel import SQLModel

from launch_kits.database.records import DigestDue, Launch
from launch_kits.database.store import Store
from launch_kits.verbs import done, open_launch
from tests.launches import NOW, SLUG, brief_with, dump, opened

#: the steps before the verb that is killed, and the verb
VERBS: dict[str, tuple[Callable[[Store], object], Callable[[Store], object]]] = {
    "open_launch": (
        lambda store: None,
        lambda store: open_launch(store, brief_with(), now=NOW),
    ),
    "done": (
        opened,
        lambda store: done(
            store, SLUG, "positioning", now=NOW, link="https://example.com"
        ),
    ),
}


def main(url: str, verb: str, stride: str) -> None:
    prepare, act = VERBS[verb]
    store = Store(url)
    emptied(store)
    prepare(store)
    before = rows(store)
    act(store)
    whole = rows(store)
    found = []
    for number in count(1, int(stride)):
        emptied(store)
        prepare(store)
        killed = die_in_a_child(store, act, at=number)
        left = rows(store)
        act(store)
        found.append(
            {
                "killed": killed,
                "left": "nothing"
                if left == before
                else "whole"
                if left == whole
                else "part",
                "completed": rows(store) == whole,
            }
        )
        if not killed:
            break
    store.close()
    sys.stdout.write(json.dumps(found))


def die_in_a_child(store: Store, act: Callable[[Store], object], *, at: int) -> bool:
    """Whether a forked process was killed before it came to the end."""
    # A forked process must not share connections: both open new ones.
    store.close()
    child = os.fork()
    if not child:
        passed = count(1)

        def pass_by(*_: object) -> None:
            if next(passed) >= at:
                os.kill(os.getpid(), signal.SIGKILL)

        for moment in ("before_cursor_execute", "commit"):
            event.listen(Engine, moment, pass_by)
        try:
            act(store)
            pass_by()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def emptied(store: Store) -> None:
    with store.write() as session:
        session.execute(delete(Launch))
        session.execute(delete(DigestDue))


def rows(store: Store) -> dict[str, list[str]]:
    """Every row, without the numbers that a database counts on by itself."""
    tables = {
        table.name: [
            dict(zip(table.columns.keys(), row, strict=True))
            for row in dump(store)[table.name]
        ]
        for table in SQLModel.metadata.sorted_tables
    }
    keys = {row.pop("id"): row["key"] for row in tables["task"]}
    for row in tables["event"]:
        del row["id"]
    for row in tables["link"]:
        row |= {"task": keys[row["task"]], "after": keys[row["after"]]}
    return {name: sorted(map(str, found)) for name, found in tables.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
