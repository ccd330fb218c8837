"""Replacement of a person's address and names, in the texts and JSON of every table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, Column, Connection, String, Table, select, update
from sqlmodel import SQLModel

__all__ = [
    "FoundRow",
    "Pseudonym",
    "Replacer",
    "find_names",
    "find_rows",
    "next_pseudonym",
    "write",
]

#: keys of JSON that hold a person's name → those beside them that hold the person's address
NAMED_BY: Mapping[str, Sequence[str]] = MappingProxyType(
    {"name": ("email", "from", "backup"), "known_as": ("who",)}
)
#: a domain that no one can own
DOMAIN = "forgotten.invalid"
_NUMBERED = re.compile(rf"person-(\d+)@{re.escape(DOMAIN)}")


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """The name and address of a forgotten person from now on."""

    number: int

    @property
    def name(self) -> str:
        """The name that replaces the person's own."""
        return f"person-{self.number}"

    @property
    def email(self) -> str:
        """The address that replaces the person's own; a kept brief needs one."""
        return f"{self.name}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row that names a person."""

    table: Table
    #: the values of its text and JSON columns, by column
    values: Mapping[str, Any]
    #: the values of its primary key
    key: Mapping[str, Any]
    #: the launch that it belongs to, if it belongs to one
    launch: str | None


class Replacer:
    """Replaces an address, full names and Slack ids of a person, and nothing longer.

    ``names`` are replaced wherever they are whole words, but not within a name of ``others``.
    ``alone`` are replaced only if they are the whole of a text, since their person chose them. In
    JSON the ``name`` beside the address is replaced whatever it is, and one beside another address
    stays.
    """

    def __init__(
        self,
        email: str,
        *,
        names: Collection[str] = (),
        ids: Collection[str] = (),
        others: Collection[str] = (),
        alone: Collection[str] = (),
    ) -> None:
        self._email = email.casefold()
        local, _, domain = (re.escape(part) for part in email.partition("@"))
        # an escape such as %3A may come before it in a link
        begins = r"(?:(?<![\w.+-])|(?<=%[0-9A-Fa-f]{2}))"
        self._address = re.compile(
            rf"{begins}{local}(@|%40){domain}(?![\w-]|\.\w)", re.IGNORECASE
        )
        own = _any_of({*names, *ids})
        self._kept = {each for each in others if own and own.search(each)} - {*names}
        self._words = _any_of({*names, *ids, *self._kept})
        self._alone = {*alone} - {*others}

    def names(self, value: object) -> bool:
        """Whether a text or JSON value names the person."""
        if isinstance(value, str):
            return bool(self._address.search(value)) or self._has_words(value)
        if isinstance(value, Mapping):
            return any(map(self.names, value)) or self.names_in(value)
        return isinstance(value, list) and any(map(self.names, value))

    def names_in(self, values: Mapping[str, Any]) -> bool:
        """Whether a value of a row or JSON object names the person."""
        named = dict(_named(values))
        return any(
            bool(self._address.search(each)) if key in named else self.names(each)
            for key, each in values.items()
        ) or any(self._email in addresses for addresses in named.values())

    def replaced(self, value: Any, by: Pseudonym) -> Any:  # noqa: ANN401  a text or JSON
        """A text or JSON value with the pseudonym in place of the person."""
        if isinstance(value, str):
            return self._text(value, by)
        if isinstance(value, list):
            return [self.replaced(each, by) for each in value]
        if not isinstance(value, Mapping):
            return value
        found = self.replaced_in(value, by)
        return {self._text(key, by): each for key, each in found.items()}

    def replaced_in(self, values: Mapping[str, Any], by: Pseudonym) -> dict[str, Any]:
        """The values of a row or JSON object with the pseudonym in place of the person."""
        found = {key: self.replaced(each, by) for key, each in values.items()}
        for key, addresses in _named(values):
            theirs = self._email in addresses
            found[key] = by.name if theirs else self._mail(values[key], by)
        return found

    def _has_words(self, text: str) -> bool:
        if text in self._alone:
            return True
        found = self._words.finditer(text) if self._words else ()
        return any(each[0] not in self._kept for each in found)

    def _text(self, text: str, by: Pseudonym) -> str:
        if text in self._alone:
            return by.name
        text = self._mail(text, by)
        if self._words is None:
            return text
        return self._words.sub(
            lambda found: found[0] if found[0] in self._kept else by.name, text
        )

    def _mail(self, text: str, by: Pseudonym) -> str:
        name, _, domain = by.email.partition("@")
        return self._address.sub(lambda found: f"{name}{found[1]}{domain}", text)


def _any_of(words: Collection[str]) -> re.Pattern[str] | None:
    """Finds the longest of some texts as whole words; None without a text."""
    longest = map(re.escape, sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)") if words else None


def names_beside(value: object) -> Iterator[tuple[str, set[str]]]:
    """Find the names in a JSON value, each with the addresses beside it in lower case."""
    if isinstance(value, list):
        for each in value:
            yield from names_beside(each)
    if not isinstance(value, Mapping):
        return
    for key, addresses in _named(value):
        yield value[key], addresses
    for each in value.values():
        yield from names_beside(each)


def _named(value: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """The keys of a JSON object that hold a name, with the addresses that it belongs to."""
    for key, beside in NAMED_BY.items():
        texts = (str(value.get(each)).casefold() for each in beside)
        addresses = {text for text in texts if "@" in text}
        if addresses and value.get(key) and isinstance(value[key], str):
            yield key, addresses


def is_pseudonym(email: str) -> bool:
    """Whether an address is that of a forgotten person."""
    return email.endswith(f"@{DOMAIN}")


def find_rows(connection: Connection, replacer: Replacer) -> list[FoundRow]:
    """Find the rows of all tables that name a person."""
    return [
        row
        for table in SQLModel.metadata.sorted_tables
        for row in _rows(connection, table)
        if replacer.names_in(row.values)
    ]


def find_names(connection: Connection) -> Mapping[str, set[str]]:
    """Find the names in all tables, each with the addresses beside it in lower case."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for table in SQLModel.metadata.sorted_tables:
        for row in _rows(connection, table):
            for name, addresses in names_beside(row.values):
                found[name] |= addresses
    return found


def next_pseudonym(connection: Connection) -> Pseudonym:
    """The first pseudonym after all that the tables have."""
    numbers = (
        int(number)
        for table in SQLModel.metadata.sorted_tables
        for row in _rows(connection, table)
        for value in row.values.values()
        for number in _NUMBERED.findall(str(value))
    )
    return Pseudonym(max(numbers, default=0) + 1)


def write(
    connection: Connection, row: FoundRow, replacer: Replacer, by: Pseudonym
) -> dict[str, Any]:
    """Put a pseudonym in place of a person in a row; returns the new values."""
    values = replacer.replaced_in(row.values, by)
    changed = {name: each for name, each in values.items() if each != row.values[name]}
    same = [row.table.c[name] == value for name, value in row.key.items()]
    connection.execute(update(row.table).where(*same).values(changed))
    return values


def _rows(connection: Connection, table: Table) -> Iterator[FoundRow]:
    texts = [column for column in table.columns if _is_text(column)]
    if not texts:
        return
    keys = list(table.primary_key.columns)
    slug = table.c.get("launch", table.c.get("slug"))
    wanted = [*keys, *texts, *([] if slug is None else [slug])]
    found = connection.execute(
        select(*dict.fromkeys(wanted)), execution_options={"yield_per": 500}
    )
    for values in found.mappings():
        yield FoundRow(
            table,
            {each.name: values[each] for each in texts},
            {each.name: values[each] for each in keys},
            None if slug is None else values[slug],
        )


def _is_text(column: Column[Any]) -> bool:
    """Whether a column may name a person; slugs are other rows' keys, and name none."""
    kind = getattr(column.type, "impl_instance", column.type)
    is_slug = bool(column.foreign_keys) or column.name == "slug"
    return isinstance(kind, String | JSON) and not is_slug
