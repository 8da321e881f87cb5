"""Tests of the pages of people without an account."""
