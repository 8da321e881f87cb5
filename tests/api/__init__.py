"""Tests of the API, asked as its callers ask it."""
