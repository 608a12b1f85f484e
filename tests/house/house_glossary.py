"""Words that docs/glossary.md gives up: none of them is a name any more, and some are said nowhere."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.house.house_rules import CODE, files

GLOSSARY = "docs/glossary.md"
NAMES_ONLY = "Given up as names"


def retired_words(root: Path) -> list[str]:
    """Every given-up word that stands in a name of Python, a template, a file, or (of the first table) a document."""
    glossary = (root / GLOSSARY).read_text(encoding="utf-8").split("## Given up")[1]
    everywhere, in_names = (_words(part) for part in glossary.split(NAMES_ONLY))
    return [
        *(f"{place}: {name}" for place, name in _names(root) if _parts(name) & (everywhere | in_names)),
        *(f"{place}: {word}" for place, word in _said(root) if word in everywhere),
    ]


def _words(text: str) -> set[str]:
    return {word for row in re.findall(r"(?m)^\| (`.*?) \|", text) for word in re.findall(r"`(\w+)`", row)}


def _parts(name: str) -> set[str]:
    """The name itself, and the words that it is made of, in small letters."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
    return {name, *words}


def _names(root: Path) -> Iterator[tuple[str, str]]:
    for name, text in files(root, *CODE, "tests", suffixes={".py"}):
        yield from ((name, part) for part in Path(name).with_suffix("").parts)
        if "/migrations/" not in name:
            for token in tokenize.generate_tokens(iter(text.splitlines(keepends=True)).__next__):
                if token.type == tokenize.NAME:
                    yield f"{name}:{token.start[0]}", token.string
    for name, text in files(root, "templates", suffixes={".html", ".svg", ".txt"}):
        yield from ((name, part) for part in Path(name).with_suffix("").parts)
        for tag in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text, re.DOTALL):
            unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)
            yield from ((name, word) for word in re.findall(r"[A-Za-z_]\w*", unquoted))


def _said(root: Path) -> Iterator[tuple[str, str]]:
    documents = (file for file in files(root, "docs", "README.md", suffixes={".md"}) if file[0] != GLOSSARY)
    templates = files(root, "templates", suffixes={".html", ".svg", ".txt"})
    for name, text in (*documents, *templates):
        yield from ((name, word.lower()) for word in re.findall(r"[A-Za-z]+", text))
