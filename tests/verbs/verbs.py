"""Every verb, and its effect on a task at each status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from launch_kits.verbs import (
    Outcome,
    approve,
    begin,
    block,
    done,
    drop,
    extend,
    note,
    reassign,
    reject,
    reopen,
    submit,
    unblock,
)

STATUSES = ("waiting", "ready", "doing", "review", "blocked", "done", "dropped")

VERBS: dict[str, Callable[..., Outcome]] = {
    "begin": begin,
    "done": done,
    "submit": submit,
    "approve": approve,
    "reject": reject,
    "block": block,
    "unblock": unblock,
    "drop": drop,
    "reopen": reopen,
    "note": lambda *of, **options: note(*of, note="a remark", **options),
    "reassign": lambda *of, **options: reassign(*of, **({"to": "ops"} | options)),
    "extend": lambda *of, **options: extend(
        *of, **({"until": date(2027, 2, 26)} | options)
    ),
}

# For each verb the new status of each one, in the order of STATUSES: a status, `=` for already so
# (nothing changes), `-` for refused (nothing changes), `.` for a change that keeps the status,
# `back` for the status before the block. A waiting task here is one whose predecessors are open.

#: a task that another person than its owner approves
FOR_REVIEWED = {
    #           waiting  ready    doing    review   blocked  done     dropped
    "begin":    "-       doing    =        -        -        -        -",
    "done":     "-       review   review   =        -        =        -",
    "submit":   "-       review   review   =        -        =        -",
    "approve":  "-       -        -        done     -        =        -",
    "reject":   "-       -        =        doing    -        -        -",
    "block":    "-       blocked  blocked  blocked  =        -        -",
    "unblock":  "-       =        =        =        back     -        -",
    "drop":     "dropped dropped  dropped  dropped  dropped  -        =",
    "reopen":   "-       =        -        -        -        ready    ready",
    "note":     ".       .        .        .        .        -        -",
    "reassign": ".       .        .        .        .        -        -",
    "extend":   ".       .        .        .        .        -        -",
}  # fmt: skip
#: one whose owner approves it: it is in review only if it was given to its approver
FOR_OWN = FOR_REVIEWED | {
    "done":     "-       done     done     done     -        =        -",
    "submit":   "-       done     done     done     -        =        -",
}  # fmt: skip
#: one that no one approves: it is never in review
FOR_PLAIN = FOR_OWN | {
    "submit":   "-       -        -        -        -        -        -",
    "approve":  "-       -        -        -        -        =        -",
    "reject":   "-       -        -        -        -        -        -",
}  # fmt: skip


def result(table: dict[str, str], verb: str, status: str) -> str:
    return table[verb].split()[STATUSES.index(status)]
