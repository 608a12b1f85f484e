"""A line that people type, as it is kept: nothing in it turns the direction of what stands around it.

Comments are kept as they are written, and stand by themselves wherever they are shown.
"""

# Embeddings, overrides and isolates. Marks (LRM, RLM, ALM) stay: they turn nothing but the signs beside them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_turning(text: str) -> str:
    """Leave out the characters that make a line read backwards."""
    return text if text.isascii() else text.translate(TURNING)


def says_nothing(text: str) -> bool:
    """Is there nothing to be read in it, be it that it has characters that nobody sees?"""
    return not any(letter.isprintable() and not letter.isspace() for letter in text)
