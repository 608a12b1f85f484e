"""The portal under load and faults, as a program of its own; tests start parts of it too."""
