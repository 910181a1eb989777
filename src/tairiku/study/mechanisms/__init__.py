"""The mechanisms of the documents: their table, and what switching each of them off changes."""
