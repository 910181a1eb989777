"""The report: one HTML file with a map that plays, figures, tables and sources."""
