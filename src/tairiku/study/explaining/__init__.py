"""Why: what the replay of a run says of a unit, a place or a day, with numbers and dice."""
