"""An index that holds what lists and open pages ask of all launches, so that no brief is read."""

from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'launch_head', 'launch', ['opened_at', 'slug', 'status', 'revision'], unique=False
    )


def downgrade() -> None:
    op.drop_index('launch_head', 'launch')
