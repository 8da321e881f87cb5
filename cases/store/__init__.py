"""Every query and every write (存取); never commits, never decides."""
