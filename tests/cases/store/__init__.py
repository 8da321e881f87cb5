"""What is written and claimed, on real databases of both kinds."""
