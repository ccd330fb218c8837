"""Questions to the answer desk, the use of cards, and their verbs and notices."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

#: as the enumerations were when this was written
VERBS = (
    'start', 'begin', 'done', 'submit', 'approve', 'reject', 'block', 'unblock', 'note', 'tick', 'drop', 'reopen',
    'add', 'edit', 'reassign', 'delegate', 'extend', 'refuse', 'check', 'uncheck', 'waive', 'decide', 'move',
    'update', 'upgrade', 'cancel', 'ask', 'answer', 'flag', 'propose', 'decline', 'ready', 'wait', 'overdue',
    'expired', 'finished',
)
NEW_VERBS = ('ask', 'answer', 'flag', 'propose', 'decline')
KINDS = (
    'task', 'review', 'nudge', 'escalation', 'digest', 'headline', 'news', 'cancelled', 'question', 'answer',
)
NEW_KINDS = ('question', 'answer')

Text = sqlmodel.sql.sqltypes.AutoString
Instant = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('launch', sa.String(), nullable=False),
    sa.Column('asked_by', Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('text', Text(), nullable=False),
    sa.Column('about', Text(), nullable=True),
    sa.Column('owner', Text(), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.Column('answer', Text(), nullable=True),
    sa.Column('source', Text(), nullable=True),
    sa.Column('answered_by', Text(), nullable=True),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('faq', Text(), nullable=True),
    sa.Column('faq_by', Text(), nullable=True),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name='answer_has_its_time'),
    sa.CheckConstraint("faq IS NULL OR faq IN ('proposed', 'added', 'declined')", name='faq_is_known'),
    sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index('question_of_launch', ['launch', 'id'], unique=False)
        batch_op.create_index(
            'question_open', ['launch', 'due_at'], unique=False,
            sqlite_where=sa.text('answered_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL'),
        )
    op.create_table('card_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('launch', sa.String(), nullable=False),
    sa.Column('card', Text(), nullable=False),
    sa.Column('kind', Text(), nullable=False),
    sa.Column('claim', Text(), nullable=True),
    sa.Column('by', Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('note', Text(), nullable=True),
    sa.Column('settled_at', Instant(), nullable=True),
    sa.CheckConstraint("kind IN ('opened', 'copied', 'flagged')", name='kind_is_known'),
    sa.CheckConstraint("(kind = 'flagged') = (claim IS NOT NULL)", name='flag_has_its_claim'),
    sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('card_use', schema=None) as batch_op:
        batch_op.create_index('card_use_of_launch', ['launch', 'card'], unique=False)
    _know('event', 'verb', VERBS)
    _know('notice', 'kind', KINDS)


def downgrade() -> None:
    for verb in NEW_VERBS:
        op.execute(f"DELETE FROM event WHERE verb = '{verb}'")
    for kind in NEW_KINDS:
        op.execute(f"DELETE FROM notice WHERE kind = '{kind}'")
    _know('event', 'verb', tuple(verb for verb in VERBS if verb not in NEW_VERBS))
    _know('notice', 'kind', tuple(kind for kind in KINDS if kind not in NEW_KINDS))
    with op.batch_alter_table('card_use', schema=None) as batch_op:
        batch_op.drop_index('card_use_of_launch')
    op.drop_table('card_use')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('question_open')
        batch_op.drop_index('question_of_launch')
    op.drop_table('question')


def _know(table: str, column: str, values: tuple[str, ...]) -> None:
    words = ', '.join(f"'{value}'" for value in values)
    name = f'{column}_is_known'
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint(name, f'{column} IN ({words})')
