"""What-ifs: the same dice with a change and without it, pair by pair."""
