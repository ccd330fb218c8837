"""The JSON that commands print, each shape once.

`docs/reference/json.md` describes it.
"""

from launch_kits.views.as_json.desk import card_json, cards_json, desk_json
from launch_kits.views.as_json.inputs import (
    findings_json,
    kits_json,
    templates_json,
    text_findings_json,
)
from launch_kits.views.as_json.launches import (
    audit_json,
    export_json,
    gate_list_json,
    gates_json,
    history_json,
    launches_json,
    status_json,
    tasks_json,
)
from launch_kits.views.as_json.ledgers import (
    claim_json,
    conflict_json,
    ending_json,
    stale_json,
)
from launch_kits.views.as_json.loads import (
    levelled_json,
    load_json,
    number_json,
    overloaded_json,
)
from launch_kits.views.as_json.notices import notices_json
from launch_kits.views.as_json.plans import chains_json, plan_json
from launch_kits.views.as_json.slips import slips_json
from launch_kits.views.as_json.tasks import plan_task_json, task_json, task_record

__all__ = [
    "audit_json",
    "card_json",
    "cards_json",
    "chains_json",
    "claim_json",
    "conflict_json",
    "desk_json",
    "ending_json",
    "export_json",
    "findings_json",
    "gate_list_json",
    "gates_json",
    "history_json",
    "kits_json",
    "launches_json",
    "levelled_json",
    "load_json",
    "notices_json",
    "number_json",
    "overloaded_json",
    "plan_json",
    "plan_task_json",
    "slips_json",
    "stale_json",
    "status_json",
    "task_json",
    "task_record",
    "tasks_json",
    "templates_json",
    "text_findings_json",
]
