"""Quizzes: their files, the judging of answers, and what comes back when."""
