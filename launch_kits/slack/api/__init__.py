"""Slack's Web API: requests, faults, payloads."""
