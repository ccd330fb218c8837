"""Events record verbs that are known."""

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

#: as the enumeration was when this was written: a later verb comes with a migration of its own
KNOWN = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock', 'note', 'drop', 'reopen', 'add',
    'reassign', 'extend', 'refuse', 'check', 'uncheck', 'waive', 'decide', 'move', 'update', 'upgrade', 'cancel',
    'ready', 'wait', 'overdue', 'expired', 'finished',
)


def upgrade() -> None:
    words = ', '.join(f"'{verb}'" for verb in KNOWN)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_check_constraint('verb_is_known', f'verb IN ({words})')


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint('verb_is_known', type_='check')
