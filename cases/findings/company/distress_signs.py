"""Signs of bankruptcy or winding up outside the status: in the name, in roles, or under names nobody here reads."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.coverage.near_names import named
from cases.findings.names.folding import plain
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.code_words import ROLES
from cases.findings.vocabulary.code_words import named as known
from cases.provider.result.element_names import folded
from cases.provider.result.holders import LISTED, RoleHolder, Roles
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.scalars import visible
from cases.provider.result.wire import Organization

KEY_INFORMATION, ADDRESS = "keyInformation", "address"
# In names of elements and roles, in words of a status, and in brackets in a name; folded, in plain letters.
SIGNS = re.compile(
    "bankrupt|insolv|konkurs|liquidat|likvid|avvikl|avveckl|windingup|woundup|dissol|opplos|oplos|upplos|aufgelos"
    "|struckoff|strikeoff|strikingoff|deleted|deletion|deregist|slett|avregist|afregist|avfort|selvitys|tvang|inactive"
    "|inaktiv|opphort|opphor(s)?dat|ophort|ophor(s)?dat|upphor|ceased|cessation|defunct|terminated|termination|removed"
    "|lakkaut|lakannut|poistet|purettu|saneeraus|rekonstruk|receiver|bobestyrer|bostyrer|kurator|geloscht|moratori"
)
PHRASES = re.compile(
    r"\b(konkursbo(et|n)?|konkurssipesa|(under|i) (konkurs|avvikling|likvidasjon|likvidation|avveckling|rekonstruktion)"
    r"|under (tvangsavvikling|tvangsopplosning|tvangsoplosning|opplosning|oplosning)|tvangsavvikling|tvangsopplosning"
    r"|tvangsoplosning|selvitystilassa|konkurssissa|yrityssaneerauksessa"
    r"|in (bankruptcy|liquidation|receivership|administration|insolvenz)"
    r"|(tvangs)?(avviklet|opplost|oplost)|upplost|avvecklad|slettet|avregistrer(t|ad|et)|afregistreret|opphort|ophort"
    r"|upphord|likvider(t|ad|et)|konkursramt|bankrupt|insolvent|liquidated|dissolved|deregistered|deleted|struck off"
    r"|wound up|defunct|poistettu|purettu|lakannut|lakkautettu|geloscht|aufgelost)\b"
    # What may begin a firm's own name says it at the end alone.
    r"|\w\W+(konkurs|konkurssi|likvidasjon|likvidation|avvikling|avveckling|liquidation|bankruptcy|insolvency)\W*$"
)
IN_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
STATUS = re.compile("status|state")
# Names that say by a denial that it is no more.
FLAGS = re.compile(
    "(is|er|has|currently)*(active|aktiv|registered|registr(ert|erad|eret)|operating|operational|exists|existing"
    "|inbusiness|solvent|virksom|verksam|toiminnassa)(status)?"
)
DENIALS = frozenset({"false", "no", "none", "nei", "nej", "ei", "0", "active"})
SAY_NO = frozenset({"false", "no", "n", "nei", "nej", "ei", "0"})
# Who is named only where an estate is wound up.
WINDING_UP = frozenset({"TRUSTEE"})


def of_name(name: str | None) -> Iterator[Caution]:
    """Warn of a name that says that the organisation is wound up, deleted or a bankrupt estate."""
    if name and _is_told_by(" ".join(plain(name).split())):
        text = _("The name says that the organisation is wound up, deleted or a bankrupt estate.")
        yield Caution("signs_of_distress", text, f"{KEY_INFORMATION}.name")


def _is_told_by(name: str) -> bool:
    if PHRASES.search(name):
        return True
    return any(SIGNS.search(inner.replace(" ", "")) for inner in IN_BRACKETS.findall(name))


def of_places(places: tuple[str, ...]) -> Iterator[Caution]:
    """Warn of roles and unread elements that may tell of bankruptcy, winding up or deletion."""
    if places:
        text = _(
            "Something came that may tell of bankruptcy, winding up or deletion: %(names)s. This portal does not judge "
            "it; see ‘As it came’."
        )
        yield Caution("signs_of_distress", text % {"names": named(places)}, KEY_INFORMATION)


def found(read: Organization, *, is_estate: bool) -> tuple[str, ...]:
    """Name the places that may tell of bankruptcy or winding up; of an estate a trustee tells nothing new."""
    chapters = ((f"{KEY_INFORMATION}.", read.key_information), (f"{ADDRESS}.", read.address))
    places = [
        *(place for chapter, inner in chapters if inner for place in _of_elements(chapter, inner.extras)),
        *_of_elements("", read.extras),
        *(_of_roles(read.roles, is_estate=is_estate) if read.roles else ()),
    ]
    return tuple(dict.fromkeys(places))


def _of_elements(under: str, elements: Mapping[str, object]) -> Iterator[str]:
    """Name unread elements, also inside of others, that may tell of bankruptcy or winding up."""
    for name, value in elements.items():
        place = f"{under}{visible(name)}"
        if _is_sign(plain(folded(name)), value):
            yield place
        elif isinstance(value, dict):
            yield from _of_elements(f"{place}.", value)


def is_denied(name: str, value: object) -> bool:
    """Does an element named for winding up, or for being active, say that there is no winding up?"""
    known_as = plain(folded(name))
    if FLAGS.fullmatch(known_as):
        return not isinstance(value, dict | list) and not _denies(value)
    return SIGNS.search(known_as) is not None and not _says(value)


def _is_sign(name: str, value: object) -> bool:
    if FLAGS.fullmatch(name):
        return _denies(value)
    if not _says(value):
        return False
    return SIGNS.search(name) is not None or (
        STATUS.search(name) is not None and SIGNS.search(plain(folded(str(value)))) is not None
    )


def _denies(value: object) -> bool:
    return value is False or (isinstance(value, str | int) and str(value).strip().casefold() in SAY_NO)


def _says(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() not in DENIALS and not is_placeholder(value)
    return value is not False and value not in (None, 0, [], {})


def _of_roles(read: Roles, *, is_estate: bool) -> Iterator[str]:
    for role, holders in read.extras.items():
        for at, holder in enumerate(holders or ()):
            if holder is not None and holder.model_fields_set and _tells(role, holder, is_estate=is_estate):
                yield f"roles.{visible(role)}" if role != LISTED else f"roles[{at}]"


def _tells(role: str, holder: RoleHolder, *, is_estate: bool) -> bool:
    called = [text for text in (role, holder.role) if text and text != LISTED]
    if any(SIGNS.search(plain(folded(text))) for text in called):
        return True
    return not is_estate and any(known(ROLES, text).code in WINDING_UP for text in called)
