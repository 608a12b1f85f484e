"""Decrypts what an object of a PDF holds: pyHanko looks into nothing that is encrypted. In the child alone."""

from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DecryptedObjectProxy, DictionaryObject


def opened(value: Any) -> Any:
    """An object with all that it holds decrypted; strings in dictionaries stay: some of them are not encrypted."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            for key, held in list(dict.items(item)):
                if isinstance(held, DecryptedObjectProxy) and isinstance(held.raw_object, dict | list):
                    dict.__setitem__(item, key, held.decrypted)
            waiting += dict.values(item)
        elif isinstance(item, ArrayObject):
            for place, held in enumerate(list.__iter__(item)):
                if isinstance(held, DecryptedObjectProxy):
                    list.__setitem__(item, place, held.decrypted)
            waiting += list.__iter__(item)
    return value
