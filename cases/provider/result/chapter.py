"""What objects of the JSON result have in common that say where they come from (contract §7)."""

from typing import ClassVar

from cases.provider.result.nodes import Node, Wire
from cases.provider.result.scalars import Date, Number, Texts


class Metadata(Wire):
    sources: Texts = None
    urls: Texts = None
    accounting_year: Number = None
    last_changed: Date = None


class Chapter(Wire):
    """An object that says where it comes from."""

    old_names: ClassVar[dict[str, str]] = {"metaData": "metadata"}
    metadata: Node[Metadata] = None
