"""What is done around a mediation, on real databases of both kinds."""
