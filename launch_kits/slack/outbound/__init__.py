"""Delivery to Slack: lanes, rate limits, edits, dead letters."""
