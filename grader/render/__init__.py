"""A report, rendered: for a terminal, as JSON."""
