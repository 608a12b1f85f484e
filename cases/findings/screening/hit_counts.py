"""How many hits wait to be judged, in words: all of them once, by the kind of their list, and how many are likely."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.findings.screening.hit import Hit


@dataclass(frozen=True, slots=True)
class HitCount:
    """How many hits there are; `pep`, `likely` and `without_list` (of a list not told) are among `total`."""

    total: int
    pep: int = 0
    likely: int = 0
    without_list: int = 0

    @classmethod
    def of(cls, hits: Collection[Hit]) -> "HitCount":
        """Count hits; as likely, those on lists of whatever kind."""
        return cls(
            len(hits),
            pep=sum(hit.is_of_pep_list for hit in hits),
            likely=sum(hit.is_same for hit in hits),
            without_list=sum(hit.list_name is None or not hit.list_name.raw for hit in hits),
        )

    @property
    def sanctions(self) -> int:
        """How many are of a list that is told, and is none of politically exposed persons."""
        return max(0, self.total - self.pep - self.without_list)

    @property
    def words(self) -> str:
        """All counts in words: ‘4 open hits (3 sanctions, 1 PEP), 2 of them likely’."""
        return self._open + self._kinds + self._among(self.likely, _("likely"))

    @property
    def of_one_verdict(self) -> str:
        """The counts for one verdict, without the kinds of list: ‘4 open hits, 1 of them list not told’."""
        return (
            self._open
            + self._among(self.likely, _("likely"))
            + self._among(self.without_list, _("list not told"))
        )

    @property
    def each(self) -> str:
        """How many hits of each kind are to be judged, in words: ‘2 sanctions hits and 1 PEP hit’."""
        kinds = (
            (self.sanctions, ngettext("%(n)d sanctions hit", "%(n)d sanctions hits", self.sanctions)),
            (self.pep, ngettext("%(n)d PEP hit", "%(n)d PEP hits", self.pep)),
            (
                self.without_list,
                ngettext("%(n)d hit of a list not told", "%(n)d hits of lists not told", self.without_list),
            ),
        )
        *others, last = [words % {"n": count} for count, words in kinds if count] or [self._open]
        return _("%(some)s and %(last)s") % {"some": ", ".join(others), "last": last} if others else last

    @property
    def likely_words(self) -> str:
        """The likely hits: ‘2 likely sanctions hits’; where the list of some is not told, without the kind."""
        words = ngettext("%(n)d likely sanctions hit", "%(n)d likely sanctions hits", self.likely)
        if self.without_list:
            words = ngettext("%(n)d likely hit", "%(n)d likely hits", self.likely)
        return words % {"n": self.likely}

    @property
    def after_the_number(self) -> str:
        """`words` without the number in front, for where that stands by itself."""
        return self.words.partition(" ")[2]

    @property
    def _open(self) -> str:
        return ngettext("%(n)d open hit", "%(n)d open hits", self.total) % {"n": self.total}

    @property
    def by_kind(self) -> str:
        """How many hits of each kind, ‘3 sanctions, 1 PEP’; if all are of one kind, only which."""
        kinds = (
            (self.sanctions, _("sanctions")),
            (self.pep, _("PEP")),
            (self.without_list, _("list not told")),
        )
        found = [(count, kind) for count, kind in kinds if count]
        if len(found) == 1:
            return found[0][1]
        return ", ".join(_("%(n)d %(kind)s") % {"n": count, "kind": kind} for count, kind in found)

    @property
    def _kinds(self) -> str:
        return f" ({self.by_kind})" if self.by_kind else ""

    def _among(self, count: int, what: str) -> str:
        if not count:
            return ""
        if self.total == 1:
            return f", {what}"
        return _(", %(n)d of them %(what)s") % {"n": count, "what": what}
