"""Experiments that a learner predicts, runs, compares and understands.

``labs/ex6_epochs.py`` has the experiments, plain functions of a seed that return a table;
``labs/ex6_epochs.toml`` says what to predict, how results are drawn, and what they mean.
"""
