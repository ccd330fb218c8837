"""The command line: one command per verb and per read."""

from launch_kits.cli.app import main

__all__ = ["main"]
