"""A launch for people, as JSON, and for other programs."""
