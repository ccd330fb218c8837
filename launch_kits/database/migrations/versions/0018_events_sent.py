"""The events of a launch that Prefect was sent, so that a rebuilt Prefect gets none again."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('launch', sa.Column('events_sent', sa.Integer(), nullable=False, server_default='-1'))
    op.add_column('launch', sa.Column('risk_sent', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute('UPDATE launch SET events_sent = drawn')


def downgrade() -> None:
    # not in a batch, which would make the table anew and lose the rows that refer to it
    op.drop_column('launch', 'risk_sent')
    op.drop_column('launch', 'events_sent')
