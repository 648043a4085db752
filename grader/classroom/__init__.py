"""Many learners' submissions: collected from downloads, graded, and kept in one folder."""
