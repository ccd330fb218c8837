"""The canvases of cards, and the files in the place of canvases."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

STRING = sqlmodel.sql.sqltypes.AutoString()
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime()


def upgrade() -> None:
    op.create_table(
        'card_canvas',
        sa.Column('canvas_id', STRING, nullable=True),
        sa.Column('begun_at', INSTANT, nullable=True),
        sa.Column('digest', STRING, nullable=True),
        sa.Column('error', STRING, nullable=True),
        sa.Column('again_at', INSTANT, nullable=True),
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('card', STRING, nullable=False),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('launch', 'card'),
    )
    op.create_table(
        'page_file',
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('page', STRING, nullable=False),
        sa.Column('digest', STRING, nullable=False),
        sa.Column('sent_at', INSTANT, nullable=True),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('launch', 'page'),
    )


def downgrade() -> None:
    op.drop_table('page_file')
    op.drop_table('card_canvas')
