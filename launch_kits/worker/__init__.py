"""One step of a launch: open tasks, write documents, deliver notices."""
