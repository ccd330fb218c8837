"""The answer desk and the cards: questions with their answers, and how cards are used."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import few, launch_key, one_of

__all__ = ["CardUse", "CardUseKind", "FaqStatus", "Question"]


class FaqStatus(StrEnum):
    """The progress of an answer on its way into the brief's FAQ."""

    PROPOSED = "proposed"
    ADDED = "added"
    DECLINED = "declined"


class CardUseKind(StrEnum):
    """The act of a person with a card."""

    OPENED = "opened"
    COPIED = "copied"
    FLAGGED = "flagged"


class Question(SQLModel, table=True):
    """A question to the answer desk, and its answer."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name="answer_has_its_time"
        ),
        CheckConstraint(
            "faq IS NULL OR faq IN ('proposed', 'added', 'declined')",
            name="faq_is_known",
        ),
        Index("question_of_launch", "launch", "id"),
        few("question_open", "launch", "due_at", where="answered_at IS NULL"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    #: email
    asked_by: str
    asked_at: datetime
    text: str
    #: the claim that it doubts, such as ``redis.w3``; None for a question of a seller
    about: str | None = None
    #: email of the person who is to answer
    owner: str
    due_at: datetime
    #: steps of the ladder that were told
    reminded: int = 0
    answer: str | None = None
    #: a link, the reference of a claim, or a few words
    source: str | None = None
    #: email; None for an automatic match
    answered_by: str | None = None
    answered_at: datetime | None = None
    #: one of `FaqStatus`, if it was proposed for the FAQ, and who proposed it
    faq: str | None = None
    faq_by: str | None = None


class CardUse(SQLModel, table=True):
    """An act of a person with a competitor's card; never changed but for ``settled_at``."""

    __tablename__ = "card_use"
    __table_args__ = (
        one_of("kind", CardUseKind),
        CheckConstraint(
            "(kind = 'flagged') = (claim IS NOT NULL)", name="flag_has_its_claim"
        ),
        Index("card_use_of_launch", "launch", "card"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    #: key of the alternative
    card: str
    kind: str
    #: of a flag: the reference of the claim, such as ``redis.w3``
    claim: str | None = None
    #: email
    by: str
    at: datetime
    note: str | None = None
    #: of a flag: when the owner of the card answered
    settled_at: datetime | None = None
