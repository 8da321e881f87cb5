"""Tests of the console: the pages as a browser without scripts gets them."""
