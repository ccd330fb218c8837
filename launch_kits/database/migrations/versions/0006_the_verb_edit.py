"""Events record that a task was edited."""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

#: as the enumeration was when this was written: a later verb comes with a migration of its own
KNOWN = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock', 'note', 'drop', 'reopen', 'add',
    'edit', 'reassign', 'extend', 'refuse', 'check', 'uncheck', 'waive', 'decide', 'move', 'update', 'upgrade', 'cancel',
    'ready', 'wait', 'overdue', 'expired', 'finished',
)


def upgrade() -> None:
    _allow(KNOWN)


def downgrade() -> None:
    # an older version knows no such verb: its history shows them as remarks
    op.execute("UPDATE event SET verb = 'note' WHERE verb = 'edit'")
    _allow(tuple(verb for verb in KNOWN if verb != 'edit'))


def _allow(verbs: tuple[str, ...]) -> None:
    words = ', '.join(f"'{verb}'" for verb in verbs)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint('verb_is_known', type_='check')
        batch_op.create_check_constraint('verb_is_known', f'verb IN ({words})')
