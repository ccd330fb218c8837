"""Forms of the launch room: their inputs, their faults, and the effect that is shown first."""
