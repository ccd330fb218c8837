"""The person in whose hands a task is while its owner or approver is away, and the verb delegate."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

#: as the enumeration was when this was written
KNOWN = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock', 'note', 'drop', 'reopen',
    'add', 'edit', 'reassign', 'delegate', 'extend', 'refuse', 'check', 'uncheck', 'waive', 'decide', 'move',
    'update', 'upgrade', 'cancel', 'ready', 'wait', 'overdue', 'expired', 'finished',
)
BEFORE = tuple(verb for verb in KNOWN if verb != 'delegate')


def upgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('in_hands_of', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(
            'task_in_hands_of', ['in_hands_of'], unique=False,
            sqlite_where=sa.text('in_hands_of IS NOT NULL'), postgresql_where=sa.text('in_hands_of IS NOT NULL'),
        )
    _know(KNOWN)


def downgrade() -> None:
    op.execute("DELETE FROM event WHERE verb = 'delegate'")
    _know(BEFORE)
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('task_in_hands_of')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_column('in_hands_of')


def _know(verbs: tuple[str, ...]) -> None:
    words = ', '.join(f"'{verb}'" for verb in verbs)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint('verb_is_known', type_='check')
        batch_op.create_check_constraint('verb_is_known', f'verb IN ({words})')
