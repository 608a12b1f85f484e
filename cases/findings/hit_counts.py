"""How many hits wait to be judged, in words: all of them once, by the kind of their list, and how many are likely."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.findings.hit import Hit


@dataclass(frozen=True, slots=True)
class HitCount:
    """`pep`, `likely` and `without_list` are among `total`: of PEP lists, likely ones, and those of a list not told."""

    total: int
    pep: int = 0
    likely: int = 0
    without_list: int = 0

    @classmethod
    def of(cls, hits: Collection[Hit]) -> "HitCount":
        """Count all of them; of which list each is, its reader knows."""
        return cls(
            len(hits),
            likely=sum(hit.is_same for hit in hits),
            without_list=sum(hit.list_name is None or not hit.list_name.raw for hit in hits),
        )

    @property
    def words(self) -> str:
        """‘4 open hits (3 sanctions, 1 PEP), 2 of them likely’."""
        said = ngettext("%(n)d open hit", "%(n)d open hits", self.total) % {"n": self.total}
        return said + self._of_pep + self._among(self.likely, _("likely")) + self._of_no_list

    @property
    def after_the_number(self) -> str:
        """The words, where the number stands by itself."""
        return self.words.partition(" ")[2]

    @property
    def _of_pep(self) -> str:
        if self.pep and self.pep == self.total:
            return _(" (PEP)")
        kinds = {"sanctions": self.total - self.pep, "pep": self.pep}
        return _(" (%(sanctions)d sanctions, %(pep)d PEP)") % kinds if self.pep else ""

    @property
    def _of_no_list(self) -> str:
        return self._among(self.without_list, _("list not told"))

    def _among(self, count: int, what: str) -> str:
        if not count:
            return ""
        if self.total == 1:
            return f", {what}"
        return _(", %(n)d of them %(what)s") % {"n": count, "what": what}
