"""The sites that may show a link's page within theirs."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('room_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sites', sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    # not as a batch: it would make the table anew, and the reads of links go with the old one
    op.drop_column('room_link', 'sites')
