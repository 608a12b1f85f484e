"""The outcome of a run under load, as a table. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Account:
    """The counts at the end of a run under load.

    `lost` are results that the provider made and the portal has not; `expired` are those of them that it says are gone.
    `twice` are sessions at the provider for an organisation beyond the first that no doubt on record explains, `again`
    those that one does. `chains` are those of cases; the portal's own is none of them.
    """

    ordered: int
    seconds: float
    states: Counter[str] = field(default_factory=Counter)
    results: int = 0
    captured: int = 0
    lost: int = 0
    expired: int = 0
    twice: int = 0
    again: int = 0
    hashes_held: int = 0
    chains: int = 0
    chains_held: int = 0
    is_portal_chain_held: bool = True
    rows: int = 0
    rows_differ: int = 0
    # Of each result that is lost, and each row or chain that does not hold, a line that tells how.
    losses: tuple[str, ...] = ()

    @property
    def ended(self) -> int:
        return sum(self.states[state] for state in ("COMPLETE", "PARTIAL", "FAILED"))

    @property
    def is_good(self) -> bool:
        """Is no result lost, nothing ordered twice, and every session, chain, file and row as it must be?"""
        return (
            self.lost == self.twice == self.rows_differ == 0
            and self.ended == self.ordered == self.chains == self.chains_held
            and self.is_portal_chain_held
            and self.hashes_held == self.captured
        )

    def lines(self) -> Iterator[str]:
        """The lines of the table."""
        a_second = self.ended / self.seconds if self.seconds else 0.0
        but_for_portal = "" if self.is_portal_chain_held else "; the portal's own does not"
        rows: tuple[tuple[str, object], ...] = (
            ("sessions", self.ordered),
            ("sessions/s", f"{a_second:.2f}  ({self.ended} ended in {self.seconds:.0f} s)"),
            ("complete", self.states["COMPLETE"]),
            ("partly", self.states["PARTIAL"]),
            ("failed", self.states["FAILED"]),
            ("unended", self.ordered - self.ended),
            ("results", f"{self.captured} captured"),
            ("lost", f"{self.lost} of {self.results} that the provider made"),
            ("expired", self.expired),
            ("twice", self.twice),
            ("again", f"{self.again} after a doubt that is on record"),
            ("hashes", f"{self.hashes_held} of {self.captured} files are as captured"),
            ("chains", f"{self.chains_held} of {self.chains} hold{but_for_portal}"),
            ("rows", f"{self.rows_differ} of {self.rows} differ from events and stored results"),
        )
        yield from (f"{name:<12}{value}" for name, value in rows)
        yield from (f"{'':<12}{loss}" for loss in self.losses)
        yield "Everything held." if self.is_good else "NOT EVERYTHING HELD."
