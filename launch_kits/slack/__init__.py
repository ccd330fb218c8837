"""The launch as Slack shows it.

Notices become messages, delivered to people and to the launch's channel.
"""
