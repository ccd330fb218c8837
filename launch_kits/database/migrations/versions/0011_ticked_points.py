"""The ticked points of a task's checklist, and the verb tick."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

#: as the enumeration was when this was written
KNOWN = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock', 'note', 'tick', 'drop', 'reopen',
    'add', 'edit', 'reassign', 'delegate', 'extend', 'refuse', 'check', 'uncheck', 'waive', 'decide', 'move',
    'update', 'upgrade', 'cancel', 'ready', 'wait', 'overdue', 'expired', 'finished',
)
BEFORE = tuple(verb for verb in KNOWN if verb != 'tick')


def upgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ticked', sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    _know(KNOWN)


def downgrade() -> None:
    # an older version knows no such verb: its history shows them as remarks
    op.execute("UPDATE event SET verb = 'note' WHERE verb = 'tick'")
    _know(BEFORE)
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_column('ticked')


def _know(verbs: tuple[str, ...]) -> None:
    words = ', '.join(f"'{verb}'" for verb in verbs)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint('verb_is_known', type_='check')
        batch_op.create_check_constraint('verb_is_known', f'verb IN ({words})')
