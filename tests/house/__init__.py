"""Tests of the house itself: floors, words, sizes, packaging. No behaviour of a case is tested here."""
