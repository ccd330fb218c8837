"""Acknowledged payloads with their ends; members, workspace and tokens of Slack."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

STRING = sqlmodel.sql.sqltypes.AutoString()
TIME = sqlmodel.sql.sqltypes.UTCDateTime()


def upgrade() -> None:
    with op.batch_alter_table('answered', schema=None) as batch_op:
        batch_op.add_column(sa.Column('payload', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('digest', STRING, nullable=True))
        batch_op.add_column(sa.Column('done_at', TIME, nullable=True))
    # those of earlier versions were worked on as far as they ever will be
    op.execute('UPDATE answered SET done_at = at')
    with op.batch_alter_table('answered', schema=None) as batch_op:
        batch_op.create_index(
            'answered_undone', ['at'], unique=False,
            sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'),
        )
    with op.batch_alter_table('slack_user', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_email', STRING, nullable=True))
        batch_op.add_column(sa.Column('team', STRING, nullable=True))
        batch_op.add_column(sa.Column('standing', STRING, nullable=True))
    op.create_table(
        'slack_workspace',
        sa.Column('token', STRING, nullable=False),
        sa.Column('team', STRING, nullable=False),
        sa.Column('enterprise', STRING, nullable=True),
        sa.Column('org_wide', sa.Boolean(), nullable=False),
        sa.Column('app_user', STRING, nullable=True),
        sa.Column('read_at', TIME, nullable=False),
        sa.PrimaryKeyConstraint('token'),
    )
    op.create_table(
        'slack_token',
        sa.Column('seed', STRING, nullable=False),
        sa.Column('access_token', STRING, nullable=False),
        sa.Column('refresh_token', STRING, nullable=False),
        sa.Column('expires_at', TIME, nullable=False),
        sa.PrimaryKeyConstraint('seed'),
    )


def downgrade() -> None:
    op.drop_table('slack_token')
    op.drop_table('slack_workspace')
    with op.batch_alter_table('slack_user', schema=None) as batch_op:
        batch_op.drop_column('standing')
        batch_op.drop_column('team')
        batch_op.drop_column('told_email')
    # what was not worked on would be taken for done
    op.execute('DELETE FROM answered WHERE done_at IS NULL')
    with op.batch_alter_table('answered', schema=None) as batch_op:
        batch_op.drop_index('answered_undone')
    with op.batch_alter_table('answered', schema=None) as batch_op:
        batch_op.drop_column('done_at')
        batch_op.drop_column('digest')
        batch_op.drop_column('payload')
