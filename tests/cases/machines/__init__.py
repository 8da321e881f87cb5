"""The case types, square by square and at random."""
