"""A text with places in it, filled again and again."""

from operator import itemgetter
from typing import Any


class Format:
    """A text with the places of values between its parts."""

    def __init__(self, parts: list[str | int]) -> None:
        places = [part for part in parts if isinstance(part, int)]
        texts = (part.replace("%", "%%") if isinstance(part, str) else "%s" for part in parts)
        self._text = "".join(texts)
        self._get = itemgetter(*places) if places else None

    def fill(self, values: list[Any]) -> str:
        """Give the text with these values; none of them is a tuple."""
        return self._text % (self._get(values) if self._get else ())
