"""What the rules over changes say besides what they explain. In the child process alone."""

from dataclasses import dataclass, field

from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification


class Refused(SuspiciousModification):
    """A rule refuses what was changed."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class NotComparable(Exception):
    """A rule cannot be held against it: the file is written in a way that the library does not take."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass
class Noted:
    """What is noted of the revisions after a signature.

    `doubts`: rules by which what was added may be honest, and cannot be shown to be harmless. `least`: how far it went
    at least, whatever explains its parts.
    """

    doubts: list[str] = field(default_factory=list)
    least: ModificationLevel = ModificationLevel.NONE

    def doubt(self, rule: str) -> None:
        self.doubts.append(rule)

    def reach(self, level: ModificationLevel) -> None:
        self.least = max(self.least, level)
