"""The command `schema`."""

from __future__ import annotations

import click

__all__ = ["schema"]


@click.command()
@click.argument("kind", type=click.Choice(["brief", "kit", "ledger"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a brief, kit or ledger.

    An editor completes and validates files by it.
    """
    from launch_kits.inputs.schemas import schema_text

    print(schema_text(kind), end="")
