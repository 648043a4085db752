"""The command line: ``grade ex3``."""


def main() -> None:
    """Run the command line."""
    from grader.cli.app import run

    run()
