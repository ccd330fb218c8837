"""The tasks of launches as lists show them, kept beside the figures of each launch."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'kept_tasks',
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('today', sa.Date(), nullable=False),
        sa.Column('country', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('tasks', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('launch'),
    )
    # figures without their tasks would be read as if they had none
    op.execute('DELETE FROM overview')


def downgrade() -> None:
    op.drop_table('kept_tasks')
