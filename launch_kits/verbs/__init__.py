"""The verbs: how a launch is opened, changed and ended.

Opening    `open_launch` Tasks      `begin`, `done`, `submit`, `approve`, `reject`, `block`,
`unblock`, `drop`, `reopen`, `note`, `ask_for` People     `reassign`, `reassign_role` Time
`extend`, `preview_extension`, `answer_extension`, `preview_move`, `move`, `advance` Ending
`cancel`

Every verb is one transaction: its change, its event and its notices are written together, or
nothing is.
"""

from launch_kits.verbs.add import NewTask, add
from launch_kits.verbs.advance import advance, due_launches
from launch_kits.verbs.ask_for import ask_for
from launch_kits.verbs.blocking import block, unblock
from launch_kits.verbs.cancel import PREFECT, cancel
from launch_kits.verbs.digests import enqueue_digests
from launch_kits.verbs.drop import drop, reopen
from launch_kits.verbs.extend import ExtensionPreview, extend, preview_extension
from launch_kits.verbs.extension_requests import answer_extension
from launch_kits.verbs.gates import check, decide, uncheck, waive
from launch_kits.verbs.move import Move, move, preview_move
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.reassign import reassign, reassign_role
from launch_kits.verbs.start import StartResult, open_launch
from launch_kits.verbs.tasks import approve, begin, done, note, reject, submit
from launch_kits.verbs.transaction import SWEEP, Change, changing
from launch_kits.verbs.update import Handover, Revision, preview_revision, revise

__all__ = [
    "PREFECT",
    "SWEEP",
    "Change",
    "ExtensionPreview",
    "Handover",
    "Move",
    "NewTask",
    "Outcome",
    "Revision",
    "StartResult",
    "add",
    "advance",
    "answer_extension",
    "approve",
    "ask_for",
    "begin",
    "block",
    "cancel",
    "changing",
    "check",
    "decide",
    "done",
    "drop",
    "due_launches",
    "enqueue_digests",
    "extend",
    "move",
    "note",
    "open_launch",
    "preview_extension",
    "preview_move",
    "preview_revision",
    "reassign",
    "reassign_role",
    "reject",
    "reopen",
    "revise",
    "submit",
    "unblock",
    "uncheck",
    "waive",
]
