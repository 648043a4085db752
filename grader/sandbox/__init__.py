"""The wall: a submission's process, the bench's, and what keeps them apart from everything else."""
