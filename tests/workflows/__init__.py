"""Tests of the flows, their gates and the process that runs them."""
