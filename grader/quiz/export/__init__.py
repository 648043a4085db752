"""Quizzes in the formats of other systems: one small file for each.

Each makes a file of bytes out of ``content.QuizSheet``, one for each quiz. What a format can't hold
is left out, and said.
"""
