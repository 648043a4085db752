"""Keys, choices and prompts in a terminal."""
