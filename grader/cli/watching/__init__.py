"""What `grade watch` consists of: events, what notices saves, and the loop that attends to all."""
