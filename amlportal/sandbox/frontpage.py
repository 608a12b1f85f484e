"""The page a person sees first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .exchange import Answer

if TYPE_CHECKING:
    from .sandbox import Sandbox


def front_page(sandbox: Sandbox) -> Answer:
    """Show what the sandbox is."""
    return Answer(200, b"<!doctype html><title>Sandbox</title><h1>Sandbox</h1>", "text/html; charset=utf-8")
