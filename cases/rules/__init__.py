"""Pure questions (规则): facts in, answer out with its reason. No database, no web."""
