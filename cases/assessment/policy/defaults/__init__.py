"""The policy that the portal ships: proposals to be reviewed, none of whose numbers is prescribed by law."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def default(kind_word: str) -> dict[str, Any]:
    """Give the default document of a kind of policy, by the name of its file (`risk_model`), read anew.

    Raises FileNotFoundError for a kind of which none is shipped.
    """
    document: dict[str, Any] = json.loads((FOLDER / f"{kind_word}.json").read_text(encoding="utf-8"))
    return document
