"""What is shown, rendered: in a terminal, as JSON, as SVG and HTML."""
