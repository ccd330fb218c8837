"""What people say in Slack: clicks, commands and forms become verbs."""
