"""Tests of the pure questions: cases/rules/."""
