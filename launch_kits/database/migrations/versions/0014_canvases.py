"""The canvases of launches in Slack."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'launch_canvas',
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('canvas_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('begun_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('error', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('again_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('launch'),
    )


def downgrade() -> None:
    op.drop_table('launch_canvas')
