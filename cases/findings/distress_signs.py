"""Signs of bankruptcy or winding up outside the status: in the name, or under names that nobody here reads."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.caution import Caution
from cases.findings.near_names import named
from cases.provider.placeholders import is_placeholder
from cases.provider.scalars import visible
from cases.provider.spelling import folded

KEY_INFORMATION = "keyInformation"
# In names of elements and in words of a status, folded.
SIGNS = re.compile(
    "bankrupt|insolv|konkurs|konkurssi|liquidat|likvid|avvikl|avveckl|windingup|dissol|oppløs|opløs|upplöst"
    "|struckoff|strikeoff|deleted|deletion|deregister|slettet|selvitystil|tvang"
)
NAMES = re.compile(
    r"\b(konkursbo(et|n)?|konkurssipesä|(under|i) (konkurs|avvikling|likvidasjon|likvidation|avveckling)"
    r"|(under )?(tvangsavvikling|tvangsoppløsning|tvangsopløsning)|tvangsoppløst|under oppløsning|selvitystilassa"
    r"|konkurssissa|in (bankruptcy|liquidation|receivership|administration))\b"
)
STATUS = re.compile("status|state")
DENIALS = frozenset({"false", "no", "none", "nei", "nej", "ei", "0", "active"})


def of_name(name: str | None) -> Iterator[Caution]:
    """What the name itself says."""
    if name and NAMES.search(" ".join(name.casefold().split())):
        text = _("The name says that the organisation is wound up or a bankrupt estate.")
        yield Caution("signs_of_distress", text, f"{KEY_INFORMATION}.name")


def of_unread(places: tuple[str, ...]) -> Iterator[Caution]:
    """What stands under names that nobody here knows."""
    if places:
        text = _(
            "Something came that may tell of bankruptcy, winding up or deletion: %(names)s. This portal does not know "
            "it, and did not read it; see ‘As it came’."
        )
        yield Caution("signs_of_distress", text % {"names": named(places)}, KEY_INFORMATION)


def unread(elements: Mapping[str, object]) -> tuple[str, ...]:
    """Name the elements of the chapter, none of which is read, that may tell of it."""
    return tuple(
        f"{KEY_INFORMATION}.{visible(name)}" for name, value in elements.items() if _is_sign(name, value)
    )


def _is_sign(name: str, value: object) -> bool:
    if not _says(value):
        return False
    is_status = STATUS.search(folded(name)) is not None
    return SIGNS.search(folded(name)) is not None or (
        is_status and SIGNS.search(folded(str(value))) is not None
    )


def _says(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() not in DENIALS and not is_placeholder(value)
    return value is not False and value not in (None, 0, [], {})
