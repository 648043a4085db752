"""From a download to submissions: what it holds, whose each file is, for which exercise."""
