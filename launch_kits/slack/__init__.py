"""The launch as Slack shows it: notices become messages, delivered to people and to the launch's channel."""
