"""The languages an order can ask for (contract §2), as an analyst calls them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Wording

NAMES: dict[str, str | Promise] = {
    "no": _("Norwegian"),
    "nb": _("Norwegian (Bokmål)"),
    "nn": _("Norwegian (Nynorsk)"),
    "en": _("English"),
}


WORDING = Wording(NAMES)


def name(word: str) -> str | Promise:
    """What a language is called; a word nobody knows is said as it is."""
    return WORDING.of(word)
