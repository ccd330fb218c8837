"""The verbs: how a launch is opened, changed and ended.

- Opening: `open_launch`.
- Tasks: `begin`, `done`, `submit`, `approve`, `reject`, `block`, `unblock`, `tick`, `ask_for`,
  `note`, `drop`, `reopen`, `add`.
- People: `reassign`, `reassign_role`, `delegate`.
- Time: `extend`, `preview_extension`, `answer_extension`, `preview_move`, `move`, `replan`,
  `preview_edit`, `edit`, `preview_revision`, `revise`, `advance`.
- Gates: `check`, `uncheck`, `waive`, `decide`.
- Sellers: `ask`, `ask_anyway`, `answer`, `propose_for_faq`, `add_to_faq`, `decline_faq`,
  `count_use`, `flag`, `uphold`, `concede`, `verify_card`, `name_card_change`.
- Ending: `end`, `cancel`.
- Taking back: `undo`.

Every verb is one transaction: its change, its event and its notices are written together, or
nothing is.
"""

from launch_kits.verbs.add import NewTask, add
from launch_kits.verbs.advance import advance, due_launches
from launch_kits.verbs.ask_for import ask_for
from launch_kits.verbs.blocking import block, unblock
from launch_kits.verbs.cancel import PREFECT, cancel
from launch_kits.verbs.card_flags import flag, uphold
from launch_kits.verbs.card_reviews import name_card_change, verify_card
from launch_kits.verbs.card_uses import count_use
from launch_kits.verbs.checklist import tick
from launch_kits.verbs.conceded import concede
from launch_kits.verbs.decide import DecisionOutcome, decide
from launch_kits.verbs.delegate import (
    Delegation,
    LaunchDelegation,
    delegate,
    preview_delegation,
)
from launch_kits.verbs.desk import Asked, ask, ask_anyway
from launch_kits.verbs.desk_answers import answer
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digests import enqueue_digests
from launch_kits.verbs.drop import drop, reopen
from launch_kits.verbs.edit import EditResult, edit, preview_edit
from launch_kits.verbs.edit_fields import TaskEdit
from launch_kits.verbs.end import end
from launch_kits.verbs.extend import (
    ExtensionPreview,
    ExtensionVerdict,
    extend,
    preview_extension,
)
from launch_kits.verbs.extension_requests import answer_extension
from launch_kits.verbs.faq_entries import add_to_faq, decline_faq, propose_for_faq
from launch_kits.verbs.gates import check, uncheck, waive
from launch_kits.verbs.move import Move, move, preview_move
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.reassign import reassign, reassign_role
from launch_kits.verbs.remembering import FOR as UNDO_FOR
from launch_kits.verbs.replanning import replan
from launch_kits.verbs.revision import Revision
from launch_kits.verbs.start import StartResult, open_launch
from launch_kits.verbs.tasks import approve, begin, done, note, reject, submit
from launch_kits.verbs.transaction import SWEEP, Change, changing
from launch_kits.verbs.undo import UndoOffer, find_undoable, undo
from launch_kits.verbs.update import preview_revision, revise

__all__ = [
    "PREFECT",
    "SWEEP",
    "UNDO_FOR",
    "Asked",
    "Change",
    "DecisionOutcome",
    "Delegation",
    "EditResult",
    "ExtensionPreview",
    "ExtensionVerdict",
    "LaunchDelegation",
    "Move",
    "NewTask",
    "Outcome",
    "Revision",
    "RunningLaunches",
    "StartResult",
    "TaskEdit",
    "UndoOffer",
    "add",
    "add_to_faq",
    "advance",
    "answer",
    "answer_extension",
    "approve",
    "ask",
    "ask_anyway",
    "ask_for",
    "begin",
    "block",
    "cancel",
    "changing",
    "check",
    "concede",
    "count_use",
    "decide",
    "decline_faq",
    "delegate",
    "done",
    "drop",
    "due_launches",
    "edit",
    "end",
    "enqueue_digests",
    "extend",
    "find_undoable",
    "flag",
    "move",
    "name_card_change",
    "note",
    "open_launch",
    "preview_delegation",
    "preview_edit",
    "preview_extension",
    "preview_move",
    "preview_revision",
    "propose_for_faq",
    "reassign",
    "reassign_role",
    "reject",
    "reopen",
    "replan",
    "revise",
    "submit",
    "tick",
    "unblock",
    "uncheck",
    "undo",
    "uphold",
    "verify_card",
    "waive",
]
