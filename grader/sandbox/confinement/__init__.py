"""What stands between a submission and the machine."""

from grader.sandbox.confinement.layers import (
    LAYERS,
    Unconfined,
    Wall,
    confine,
    keep_only,
    own_session,
)

__all__ = ["LAYERS", "Unconfined", "Wall", "confine", "keep_only", "own_session"]
