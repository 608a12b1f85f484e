"""The metadata of a JSON result, by which its objects say where they come from (contract §7)."""

from typing import ClassVar

from cases.provider.result.nodes import Node, Wire
from cases.provider.result.scalars import Date, Number, Texts


class Metadata(Wire):
    sources: Texts = None
    urls: Texts = None
    accounting_year: Number = None
    last_changed: Date = None


class Chapter(Wire):
    """An object of the result with metadata that say where it comes from."""

    old_names: ClassVar[dict[str, str]] = {"metaData": "metadata"}
    metadata: Node[Metadata] = None
