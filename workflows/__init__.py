"""What happens by itself (流程): Prefect flows over the desk, and the gates they send through. See README.md here."""
