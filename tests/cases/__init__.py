"""Tests of the domain: cases/."""
