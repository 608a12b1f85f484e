"""A line that people type, as it is kept: nothing in it turns the direction of what stands around it.

Comments are kept as they are written, and stand by themselves wherever they are shown.
"""

from unicodedata import category

# Embeddings, overrides and isolates. Marks (LRM, RLM, ALM) stay: they turn nothing but the signs beside them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_turning(text: str) -> str:
    """Leave out the characters that make a line read backwards."""
    return text if text.isascii() else text.translate(TURNING)


def says_nothing(text: str) -> bool:
    """Is there nothing to be read in it but spaces and marks that nobody sees? A control character is something."""
    return all(letter.isspace() or category(letter) == "Cf" for letter in text)
