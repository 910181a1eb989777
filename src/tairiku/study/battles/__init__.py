"""Real battles: read, fought by the engine's own law, scored beside published laws."""
