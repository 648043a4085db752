"""What ``grade class`` does: one file a verb."""
