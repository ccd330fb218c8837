"""The launch in Prefect: its run, graph, artifacts and events.

This module imports nothing, so the command line can use `address` and `wake` without importing
Prefect.
"""
