"""The gates (出口): the only modules of the flows that open a socket. See README.md here."""
