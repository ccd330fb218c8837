"""Working days: calendars, offsets, working hours, countries, partial dates."""
