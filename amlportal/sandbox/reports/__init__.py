"""The reports a session can order, as PDF pages."""
