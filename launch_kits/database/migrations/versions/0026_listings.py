"""The people and days of launches that their list shows, kept with the figures of each launch."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    with op.batch_alter_table('overview', schema=None) as batch_op:
        batch_op.add_column(sa.Column('listing', text, nullable=False, server_default=''))
    # figures without their listing would be read as if it were empty
    op.execute('DELETE FROM overview')


def downgrade() -> None:
    op.drop_column('overview', 'listing')
