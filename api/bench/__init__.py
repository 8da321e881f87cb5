"""Measurements: each module has ``run(as_of=None)`` that measures one thing here and now and gives figures.

What does not live here: tests (a figure is no pass or fail) and the command that prints them.
"""
