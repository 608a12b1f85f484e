"""How much is told of one PDF: the child process keeps to it, and what it tells is held to it."""

MOST_SIGNATURES = 20
MOST_WORDS = 300  # characters of a text that the file gives
