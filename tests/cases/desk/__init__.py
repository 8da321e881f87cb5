"""The use cases of the desk, on real databases of both kinds."""
