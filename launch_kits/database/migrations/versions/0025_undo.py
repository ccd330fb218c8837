"""Acts that can be undone, and the mark on events and changes of days that were."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

#: as the enumeration was when this was written
VERBS = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock',
    'note', 'tick', 'drop', 'reopen',
    'add', 'edit', 'reassign', 'delegate', 'extend', 'refuse', 'check', 'uncheck',
    'waive', 'decide', 'move',
    'update', 'upgrade', 'cancel', 'ask', 'answer', 'flag', 'propose', 'decline',
    'undo', 'ready', 'wait',
    'overdue', 'expired', 'finished',
)

Text = sqlmodel.sql.sqltypes.AutoString
Instant = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('undoable',
    sa.Column('launch', sa.String(), nullable=False),
    sa.Column('event', sa.Integer(), nullable=False),
    sa.Column('events', sa.JSON(), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('by', Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('filed', sa.JSON(), nullable=False),
    sa.Column('withdrawn', sa.JSON(), nullable=False),
    sa.Column('living', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('launch', 'event')
    )
    op.create_index('undoable_at', 'undoable', ['at'], unique=False)
    for table in ('event', 'day_change'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column('undone', sa.Boolean(), server_default=sa.false(), nullable=False)
            )
    _know(VERBS)


def downgrade() -> None:
    op.execute("DELETE FROM event WHERE verb = 'undo'")
    _know(tuple(verb for verb in VERBS if verb != 'undo'))
    for table in ('event', 'day_change'):
        op.drop_column(table, 'undone')
    op.drop_index('undoable_at', 'undoable')
    op.drop_table('undoable')


def _know(values: tuple[str, ...]) -> None:
    words = ', '.join(f"'{value}'" for value in values)
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint('verb_is_known', type_='check')
        batch_op.create_check_constraint('verb_is_known', f'verb IN ({words})')
