"""The verbs: how a launch is opened, changed and ended.

Opening    `open_launch`
Tasks      `begin`, `done`, `submit`, `approve`, `reject`, `block`, `unblock`, `drop`, `reopen`, `note`
People     `reassign`, `reassign_role`
Time       `extend`, `preview_extension`, `answer_extension`, `preview_move`, `move`, `advance`
Ending     `cancel`

Every verb is one transaction: its change, its event and its notices are written together, or nothing is.
"""

from launch_kits.launch.adding import Wanted, add
from launch_kits.launch.advance import advance, due_launches
from launch_kits.launch.change import SWEEP, Change, Outcome, changing
from launch_kits.launch.digests import file_digests
from launch_kits.launch.dropping import drop, reopen
from launch_kits.launch.ending import PREFECT, cancel
from launch_kits.launch.extending import Extent, answer_extension, extend, preview_extension
from launch_kits.launch.gating import check, decide, uncheck, waive
from launch_kits.launch.moving import Move, move, preview_move
from launch_kits.launch.opening import Opened, open_launch
from launch_kits.launch.people import reassign, reassign_role
from launch_kits.launch.revising import Handover, Revision, preview_revision, revise
from launch_kits.launch.tasks import approve, begin, block, done, note, reject, submit, unblock

__all__ = [
    "PREFECT",
    "SWEEP",
    "Change",
    "Extent",
    "Handover",
    "Move",
    "Opened",
    "Outcome",
    "Revision",
    "Wanted",
    "add",
    "advance",
    "answer_extension",
    "approve",
    "begin",
    "block",
    "cancel",
    "changing",
    "check",
    "decide",
    "done",
    "drop",
    "due_launches",
    "extend",
    "file_digests",
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
