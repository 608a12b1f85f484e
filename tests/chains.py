"""Whether the chains of the audit trail hold."""

from collections.abc import Iterator

from cases.workflows.audit import chain_walk
from cases.workflows.audit.chain_walk import Break


def breaks(reference: str | None = None) -> Iterator[Break | None]:
    """Of every chain (or one) its first break, or None when it is whole."""
    for chain in chain_walk.walk(reference):
        yield chain.breaks[0] if chain.breaks else None
