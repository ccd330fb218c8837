"""Runs the migrations on the connection that `store` hands over."""

from alembic import context
from sqlmodel import SQLModel

import launch_kits.database.records  # noqa: F401  declares the tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
