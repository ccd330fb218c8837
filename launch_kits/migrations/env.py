"""Runs the migrations on the connection that `store` hands over."""

import sqlmodel  # noqa: F401  the migrations name its types
from alembic import context

from launch_kits.records import SQLModel

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
