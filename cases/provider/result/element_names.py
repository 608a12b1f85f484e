"""Names of elements as they are told apart: not by case, nor by how their words are joined; and near misses."""

import re

JOINTS = re.compile(r"[_\-\s]+")


def folded(name: str) -> str:
    """Write a name as it is compared: `sanction_results`, `SanctionResults` and `sanctionResults` are one."""
    return JOINTS.sub("", name).casefold()


def singular(name: str) -> str:
    """Write a folded name without the ending of a plural, rightly or wrongly: only to hold it against another."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
