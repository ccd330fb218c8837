"""The figures of a launch, kept for lists until something about them can differ."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

STRING = sqlmodel.sql.sqltypes.AutoString()
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime()


def upgrade() -> None:
    op.create_table(
        'overview',
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('version', STRING, nullable=False),
        sa.Column('since', INSTANT, nullable=False),
        sa.Column('until', INSTANT, nullable=True),
        sa.Column('readiness', sa.Float(), nullable=False),
        sa.Column('late', sa.Integer(), nullable=False),
        sa.Column('state', STRING, nullable=False),
        sa.Column('lands_on', sa.Date(), nullable=True),
        sa.Column('tasks_open', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('launch'),
    )


def downgrade() -> None:
    op.drop_table('overview')
