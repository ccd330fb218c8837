"""Read models: a launch for people, as JSON, and for other programs."""
