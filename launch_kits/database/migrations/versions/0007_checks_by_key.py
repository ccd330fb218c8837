"""Checks and waivers go by the key of their check; decisions name their task.

Numbers become keys by the kit in the launch's own snapshot. A check without a key there has the
slug of its title.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STRING = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime

#: (launch, stage) → the keys of its checks, in their order
Keys = Mapping[tuple[str, str], list[str]]


def upgrade() -> None:
    keys = _keys()

    def key_of(row: dict) -> str:
        found = keys.get((row['launch'], row['stage']), [])
        number = row.pop('number')
        # a check that the kit no longer has: kept, under a key that no check has
        return found[number - 1] if number <= len(found) else f'{number}-of-an-earlier-kit'

    _made_anew(sa.Column('check_key', STRING(), nullable=False), "check_key <> ''",
               ('check_has_a_key', 'waived_check_has_a_key'), lambda row: {'check_key': key_of(row), **row})
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('task', STRING(), nullable=True))


def downgrade() -> None:
    keys = _keys()

    def number_of(row: dict) -> int | None:
        found = keys.get((row['launch'], row['stage']), [])
        key = row.pop('check_key')
        old = re.fullmatch(r'(\d+)-of-an-earlier-kit', key)
        if old:
            return int(old[1])
        return found.index(key) + 1 if key in found else None

    _made_anew(sa.Column('number', sa.Integer(), nullable=False), 'number >= 1',
               ('check_number_counts_from_one', 'waived_number_counts_from_one'),
               lambda row: {'number': number_of(row), **row})
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_column('task')


def _made_anew(named: sa.Column, rule: str, rules: tuple[str, str], changed: Callable[[dict], dict]) -> None:
    """Make both tables anew with the column that names a check, and fill them with their rows."""
    bind = op.get_bind()
    checked = _rows(bind, 'gate_check', 'launch, stage, at', changed, named.name)
    waived = _rows(bind, 'waiver', 'id', changed, named.name)
    op.drop_table('gate_check')
    op.drop_table('waiver')
    table = op.create_table('gate_check',
    sa.Column('launch', sa.String(), nullable=False),
    sa.Column('stage', STRING(), nullable=False),
    sa.Column(named.name, named.type, nullable=False),
    sa.Column('by', STRING(), nullable=False),
    sa.Column('at', INSTANT(), nullable=False),
    sa.Column('link', STRING(), nullable=True),
    sa.CheckConstraint(rule, name=rules[0]),
    sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('launch', 'stage', named.name)
    )
    # two checks of one title had one key: the first that was made counts
    once = {(row['launch'], row['stage'], row[named.name]): row for row in reversed(checked)}
    if once:
        op.bulk_insert(table, list(reversed(once.values())))
    table = op.create_table('waiver',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('launch', sa.String(), nullable=False),
    sa.Column('stage', STRING(), nullable=False),
    sa.Column(named.name, named.type, nullable=False),
    sa.Column('by', STRING(), nullable=False),
    sa.Column('at', INSTANT(), nullable=False),
    sa.Column('note', STRING(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.CheckConstraint(rule, name=rules[1]),
    sa.ForeignKeyConstraint(['launch'], ['launch.slug'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('waiver', schema=None) as batch_op:
        batch_op.create_index('waiver_of_launch', ['launch', 'id'], unique=False)
    for row in waived:
        # the database gives the numbers again, in the same order
        op.execute(table.insert().values({name: value for name, value in row.items() if name != 'id'}))


def _rows(bind: sa.Connection, name: str, order: str, changed: Callable[[dict], dict], named: str) -> list[dict]:
    kinds = {'at': INSTANT(), 'until': sa.Date()}
    written = [column['name'] for column in sa.inspect(bind).get_columns(name)]
    table = sa.table(name, *(sa.column(each, kinds.get(each, sa.types.NullType())) for each in written))
    found = bind.execute(sa.select(table).order_by(sa.text(order))).mappings().all()
    rows = [changed(dict(row)) for row in found]
    return [row for row in rows if row[named] is not None]


def _keys() -> Keys:
    launch = sa.table('launch', sa.column('slug'), sa.column('brief', sa.JSON()))
    found: dict[tuple[str, str], list[str]] = {}
    for slug, brief in op.get_bind().execute(sa.select(launch.c.slug, launch.c.brief)):
        kit = (json.loads(brief) if isinstance(brief, str) else brief).get('kit')
        for stage in kit.get('stages', []) if isinstance(kit, dict) else []:
            checks = (stage.get('gate') or {}).get('checks') or []
            found[slug, stage['key']] = [each.get('key') or _slug(each['title']) for each in checks]
    return found


def _slug(title: str) -> str:
    """The slug of a title, as it was when this was written."""
    plain = unicodedata.normalize('NFKD', title).encode('ascii', 'ignore').decode()
    slug = re.sub(r'[^a-z0-9]+', '-', plain.lower())[:60].strip('-')
    return slug or f"check-{hashlib.sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
