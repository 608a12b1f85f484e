"""The organisations the sandbox knows."""
