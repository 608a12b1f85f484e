"""What a screening tells of lists of politically exposed persons, and what may be a hit of one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.screening.chapter import Screening
from cases.findings.vocabulary.code_words import is_pep_list
from cases.findings.vocabulary.wording import Words
from cases.provider.result.wire import SanctionStatus


def not_searched_for_pep(screening: Screening) -> Words:
    """Say why no list of politically exposed persons is known to have been searched; '' if one was."""
    if not screening.came:
        return _("Not searched")
    if not screening.is_told:
        return _("Not told what came of the search")
    if screening.pep_lists:
        return ""
    are_all_known = screening.is_whole and all(name.words for name in screening.lists)
    if screening.lists and are_all_known:
        return _("Not searched")
    return _("Not told whether it was searched")


def of_any_list(screening: Screening) -> tuple[Words, ...]:
    """Give what may be a hit of any list, PEP lists included: then it cannot be said that there is no PEP hit."""
    without = sum(
        hit.list_name is None or (hit.list_name.words is None and not is_pep_list(hit.list_name))
        for hit in screening.hits
    )
    found: list[Words] = []
    if without:
        text = ngettext_lazy("%(n)d hit of a list not told", "%(n)d hits of lists not told", "n")
        found.append(text % {"n": without})
    if screening.unread:
        found.append(_("A hit that cannot be read"))
    if screening.said == SanctionStatus.SANCTION and not screening.hits and not screening.unread:
        found.append(_("Hits said, and none listed"))
    if not screening.is_whole:
        found.append(_("The screening was not all read, or contradicts itself"))
    return tuple(found)
