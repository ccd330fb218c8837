"""The versions of documents: each content that a document had, with its digest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import launch_key

__all__ = ["DocumentVersion"]


class DocumentVersion(SQLModel, table=True):
    """A content that the document of a task had; never changed."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("launch", "task", "number", name="document_version_once"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    task: str
    #: counts from 1 for each task
    number: int
    #: SHA-256 of the content, in hexadecimal
    digest: str
    #: path, such as `claims.redis.w1.text` -> value
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime
