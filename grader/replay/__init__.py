"""A check's calls as a script that a learner can run."""
