"""The launch room: sessions, links, and the last sweep for its health page."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        'last_sweep',
        sa.Column('name', TEXT(), nullable=False),
        sa.Column('ended_at', INSTANT(), nullable=False),
        sa.Column('seconds', sa.Float(), nullable=False),
        sa.Column('problems', sa.Integer(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('name'),
    )
    op.create_table(
        'room_session',
        sa.Column('digest', TEXT(), nullable=False),
        sa.Column('email', TEXT(), nullable=False),
        sa.Column('way', TEXT(), nullable=False),
        sa.Column('made_at', INSTANT(), nullable=False),
        sa.Column('seen_at', INSTANT(), nullable=False),
        sa.Column('ends_at', INSTANT(), nullable=False),
        sa.Column('revoked_at', INSTANT(), nullable=True),
        sa.PrimaryKeyConstraint('digest'),
    )
    op.create_index('room_session_of', 'room_session', ['email'])
    op.create_table(
        'room_link',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest', TEXT(), nullable=False),
        sa.Column('kind', TEXT(), nullable=False),
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('audience', TEXT(), nullable=False),
        sa.Column('task', TEXT(), nullable=True),
        sa.Column('person', TEXT(), nullable=True),
        sa.Column('made_by', TEXT(), nullable=False),
        sa.Column('made_at', INSTANT(), nullable=False),
        sa.Column('ends_at', INSTANT(), nullable=True),
        sa.Column('revoked_at', INSTANT(), nullable=True),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('digest', name='room_link_secret_once'),
    )
    op.create_table(
        'link_read',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('link', sa.Integer(), nullable=False),
        sa.Column('at', INSTANT(), nullable=False),
        sa.Column('peer', TEXT(), nullable=True),
        sa.ForeignKeyConstraint(['link'], ['room_link.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('link_read_of', 'link_read', ['link', 'at'])


def downgrade() -> None:
    for table in ('link_read', 'room_link', 'room_session', 'last_sweep'):
        op.drop_table(table)
