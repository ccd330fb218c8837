"""Events record that a task was edited."""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

#: as the enumeration was before this was written
BEFORE = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock', 'note', 'drop', 'reopen', 'add',
    'reassign', 'extend', 'refuse', 'check', 'uncheck', 'waive', 'decide', 'move', 'update', 'upgrade', 'cancel',
    'ready', 'wait', 'overdue', 'expired', 'finished',
)


def upgrade() -> None:
    _allow((*BEFORE, 'edit'))


def downgrade() -> None:
    # an older version knows no such verb: its history shows them as remarks
    op.execute("UPDATE event SET verb = 'note' WHERE verb = 'edit'")
    _allow(BEFORE)


def _allow(verbs: tuple[str, ...]) -> None:
    words = ', '.join(f"'{verb}'" for verb in verbs)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint('verb_is_known', type_='check')
        batch_op.create_check_constraint('verb_is_known', f'verb IN ({words})')
