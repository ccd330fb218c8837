"""Messages, forms and the home tab, written from a launch's facts."""
