"""The process that runs the hidden checks."""
