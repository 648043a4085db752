"""Pages for people: the class page, and feedback as HTML and Markdown."""
