"""Words that were given up: one thing has one word, in templates and in messages of every kind."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.house_rules import CODE, files

# What is not said any more, and what is said instead.
GIVEN_UP = {
    r"\bstuck\b": "waiting for you",
    r"\bneeds a (decision|look)\b": "waiting for you",
    r"\balso yours\b": "my other cases",
    r"\bnothing presses\b": "my other cases",
    r"\b(outcome of create|create unknown)\b": "order not confirmed",
    r"\basked for\b": "ordered",
    r"\bask(ed)? again\b": "order new capture",
    r"\b(re)?order(ed)? again\b(?!, and a session)(?<!send the order again)": "order new capture",
    r"^try again\b": "say what the button does",
    r"\bto look at\b": "points to check",
    r"\boverlooked\b": "points to check",
    r"(\}\}|\)d|\d) (remark|warning)s?\b": "points to check",
    r"\bwho they are\b": "company facts",
    r"\breading capture\b": "showing capture",
    r"\bkeep this answer\b": "save the check",
    r"\b(un)?resolved hits?\b|^unresolved\b": "open hits",
    r"\bpossible hits?\b": "open hits",
    r"\bfalse positive|\btrue match": "not the same, the same",
    r"\bstands out\b": "say what is met, and by what",
    r"\bupper third\b": "match number",
    r"\bunexplained\b": "not explained",
    r"\bcapture at risk\b": "results about to expire or past their time",
    r"\b(invalidated|wind tunnel|discounted)\b": "void, impact, carried forward",
}
SAYS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
_SAID = re.compile(
    r"""\{%\s*translate\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)|\b_\("(?P<inner>[^"]*)"\)"""
    r"""|\{%\s*blocktranslate\b[^%]*%\}(?P<block>.*?)\{%\s*endblocktranslate""",
    re.DOTALL,
)


def words_given_up(root: Path) -> list[str]:
    return [
        f"{name}: “{text}”: {instead}"
        for name, text in said(root)
        for word, instead in GIVEN_UP.items()
        if re.search(word, text, re.IGNORECASE)
    ]


def said(root: Path) -> Iterator[tuple[str, str]]:
    """Every text that is said to people, with the file it stands in."""
    for name, text in files(root, "templates", suffixes={".html", ".txt"}):
        for found in _SAID.finditer(text):
            words = found["text"] or found["inner"] or found["block"] or ""
            yield name, " ".join(words.split())
    for name, text in files(root, *CODE, suffixes={".py"}):
        if "/migrations/" not in name and not name.startswith("amlportal/sandbox/"):
            is_of_shell = "/management/" in name or "/diagnostics/" in name
            for item in _of_python(ast.parse(text), is_of_shell=is_of_shell):
                yield name, " ".join(item.split())


def _of_python(tree: ast.AST, *, is_of_shell: bool) -> Iterator[str]:
    """What goes through gettext; of commands everything that is no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    places = [tree] if is_of_shell else [node for node in ast.walk(tree) if _says(node)]
    for place in places:
        for node in ast.walk(place):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node.value


def _says(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS
