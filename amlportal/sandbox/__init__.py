"""A stand-in for the provider, as a program of its own that speaks only HTTP."""
