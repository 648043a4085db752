"""The smallest Typer program with rich: what a command line costs before it does anything."""

import typer
from rich.console import Console

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    """Say hello."""
    Console().print(f"[bold]Hello[/bold] {name}")


if __name__ == "__main__":
    app()
