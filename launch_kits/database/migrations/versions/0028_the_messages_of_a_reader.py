"""An index by which a sweep finds the last messages of a reader among those of months."""

from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('notice_of_reader', 'notice', ['to', 'kind', 'filed_at'], unique=False)


def downgrade() -> None:
    op.drop_index('notice_of_reader', 'notice')
