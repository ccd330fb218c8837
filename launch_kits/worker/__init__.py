"""One step of a launch: what became possible is opened, written and delivered."""
