"""Requests from Slack: clicks, commands and forms become verbs."""
