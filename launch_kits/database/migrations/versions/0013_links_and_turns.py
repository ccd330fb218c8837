"""The address of a message that lists link to, and the state of a launch that its lead knows."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('permalink', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    with op.batch_alter_table('launch', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state_told', sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('launch', schema=None) as batch_op:
        batch_op.drop_column('state_told')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_column('permalink')
