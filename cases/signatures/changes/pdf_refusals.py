"""How the rules over changes refuse, give up or note a doubt. In the child process alone."""

from dataclasses import dataclass, field

from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification


class Refused(SuspiciousModification):
    """A rule refuses what was changed."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class NotComparable(Exception):
    """A rule cannot be applied: the file is written in a way that pyHanko does not take."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass
class Noted:
    """What is noted of the revisions after a signature.

    `doubts`: rules by which what was added may be honest, and cannot be shown to be harmless, each with the page if it
    is about one (the first is 1, none 0). `least`: how far it went at least, whatever explains its parts.
    """

    doubts: list[tuple[str, int]] = field(default_factory=list)
    least: ModificationLevel = ModificationLevel.NONE

    def doubt(self, rule: str, page: int = 0) -> None:
        self.doubts.append((rule, page))

    def reach(self, level: ModificationLevel) -> None:
        self.least = max(self.least, level)
