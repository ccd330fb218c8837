"""Planned dates, the plan as started, changes of days, and who acted for whom.

A launch that runs already gets its baseline now: `baseline_at` of its tasks says so.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

STRING = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime

#: new columns that must be filled, with the SQL of their values in a launch that runs already
TASK = {
    'share': (sa.Float, '1.0'),
    'workdays': (sa.JSON, "'[]'"),
    'planned_start': (sa.Date, 'start'),
    'planned_finish': (sa.Date, 'finish'),
    'baseline_owner': (STRING, 'owner'),
    'baseline_days': (sa.Integer, 'days'),
    'baseline_start': (sa.Date, 'start'),
    'baseline_finish': (sa.Date, 'finish'),
    'baseline_due': (sa.Date, 'due'),
    'edited': (sa.JSON, "'[]'"),
}
LAUNCH = {
    'baseline_release_on': (sa.Date, 'release_on'),
    'baseline_launch_on': (sa.Date, 'launch_on'),
    'planned_at': (
        INSTANT,
        "coalesce((SELECT max(event.at) FROM event WHERE event.launch = launch.slug AND event.verb = 'move'), opened_at)",
    ),
}
#: new columns that may be empty
MAYBE = {
    'task': {
        'extended_until': sa.Date,
        'baseline_at': INSTANT,
        'decides': STRING,
        'handed_out_at': INSTANT,
    },
    'event': {'in_place_of': STRING, 'door': STRING},
    'answered': {'response': sa.JSON},
}


def upgrade() -> None:
    op.create_table('day_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('launch', sa.String(), nullable=False),
    sa.Column('task', STRING(), nullable=True),
    sa.Column('day', STRING(), nullable=False),
    sa.Column('at', INSTANT(), nullable=False),
    sa.Column('by', STRING(), nullable=False),
    sa.Column('verb', STRING(), nullable=False),
    sa.Column('why', STRING(), nullable=True),
    sa.Column('before', sa.Date(), nullable=False),
    sa.Column('after', sa.Date(), nullable=False),
    sa.CheckConstraint("(day = 'due') = (task IS NOT NULL)", name='due_has_its_task'),
    sa.CheckConstraint("day IN ('due', 'release_on', 'launch_on')", name='day_is_known'),
    sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('day_change', schema=None) as batch_op:
        batch_op.create_index('day_change_of_launch', ['launch', 'id'], unique=False)

    for table, columns in MAYBE.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind in columns.items():
                batch_op.add_column(sa.Column(name, kind(), nullable=True))
    _fill('task', TASK)
    _fill('launch', LAUNCH)
    op.execute("UPDATE task SET share = 0.0 WHERE days = 0")
    op.execute("UPDATE task SET handed_out_at = coalesce(ready_at, begun_at, submitted_at, done_at)")
    op.execute("UPDATE task SET extended_until = due WHERE due <> planned_due AND status NOT IN ('done', 'dropped')")
    task = sa.table('task', sa.column('baseline_at', INSTANT()))
    op.execute(task.update().values(baseline_at=datetime.now(UTC)))
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_check_constraint('share_of_a_day', 'share >= 0 AND share <= 1')


def _fill(table: str, columns: dict[str, tuple[type, str]]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (kind, _) in columns.items():
            batch_op.add_column(sa.Column(name, kind(), nullable=True))
    op.execute(f'UPDATE {table} SET ' + ', '.join(f'{name} = {value}' for name, (_, value) in columns.items()))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (kind, _) in columns.items():
            batch_op.alter_column(name, existing_type=kind(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_constraint('share_of_a_day', type_='check')
    for table, columns in (('task', TASK), ('launch', LAUNCH), *MAYBE.items()):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in columns:
                batch_op.drop_column(name)
    op.drop_table('day_change')
