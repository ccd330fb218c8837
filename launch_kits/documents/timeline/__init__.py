"""The picture of a launch: its tasks on a time axis."""
