"""The launch as Prefect shows it: its run, its graph, artifacts and events, and the server that
shows them.

This module imports nothing: the command line asks `address` and `wake` without paying for Prefect's
import.
"""
