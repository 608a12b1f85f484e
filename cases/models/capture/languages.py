"""The languages an order can ask for (contract §2), as an analyst calls them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "no": _("Norwegian"),
    "nb": _("Norwegian (Bokmål)"),
    "nn": _("Norwegian (Nynorsk)"),
    "en": _("English"),
}


def name(word: str) -> str | Promise:
    """What a language is called; a word nobody knows is said as it is."""
    return NAMES.get(word, word)
