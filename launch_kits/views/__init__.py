"""A launch as people see it, as JSON, and for other programs."""
