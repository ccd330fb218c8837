"""Messages that stay true: closed or compared, posted again, within hours; Slack's members."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('parts_after', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('deleted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_table(
        'compared',
        sa.Column('launch', sa.String(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('again_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('launch'),
    )
    # the messages of launches that have ended are left as they are
    op.execute("INSERT INTO compared (launch, revision) SELECT slug, revision FROM launch WHERE status <> 'running'")
    op.create_table(
        'slack_user',
        sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('email', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('read_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
    with op.batch_alter_table('slack_user', schema=None) as batch_op:
        batch_op.create_index('slack_user_email', ['email'], unique=False)


def downgrade() -> None:
    op.drop_table('slack_user')
    op.drop_table('compared')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_column('deleted_at')
        batch_op.drop_column('parts_after')
        batch_op.drop_column('closed')
