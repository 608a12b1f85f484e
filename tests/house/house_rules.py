"""The rules of the house that no linter knows. Each takes the project's folder and says what breaks it, a line each."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from packaging.version import Version

from cases.models.people.permissions import Perm
from tests.house.known_faults import FLOORS, NONE_FOUND

CODE = ("amlportal", "cases")
OURS = (*CODE, "tests", "templates", "static", "manage.py", "portal", ".ci/run")
NOT_WRITTEN_HERE = ("static/vendor/", "tests/browser/vendor/")
TEXT = {".py", ".html", ".txt", ".css", ".js", ".svg", ".sh", ""}

# What every page has, and every other sheet refines; and what no page has.
NOT_OF_A_PART = {f"static/{name}.css" for name in ("portal", "parts", "print", "report")}
MOST_LINES = 400
OUTSIDE = {"manage.py"}
LONGEST_TEMPLATE_LINE = 140
NAMES_PERMISSIONS = ("cases/models/people/permissions.py", "cases/migrations/")
SAY_NOTHING = {"each", "of", "told", "said"}
GRAB_BAGS = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}

# Modules and names that only the places named may import.
KEPT_APART = {
    "django.db.transaction.atomic": ("cases/workflows/",),
    # amlportal/chaos asks its own programs.
    "requests": ("cases/provider/", "amlportal/sandbox/", "amlportal/chaos/"),
    "urllib3": ("cases/provider/",),
    "urllib.request": ("amlportal/demo.py",),  # asks whether its own programs have started
    "http.client": ("cases/provider/", "amlportal/sandbox/"),
    "weasyprint": ("cases/presentation/paper/pdf.py",),
    "django_q.tasks": ("cases/queue.py",),
    "fcntl": ("amlportal/file_lock.py",),
}


def files(root: Path, *places: str, suffixes: set[str] = TEXT) -> Iterator[tuple[str, str]]:
    """Path and text of every file of our own under the places, in order."""
    for place in places:
        start = root / place
        found = sorted(start.rglob("*")) if start.is_dir() else [start]
        for file in found:
            name = file.relative_to(root).as_posix()
            if file.is_file() and file.suffix in suffixes and not name.startswith(NOT_WRITTEN_HERE):
                yield name, file.read_text(encoding="utf-8")


def lines_that_match(pattern: str, sources: Iterator[tuple[str, str]]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in sources
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def _names_used(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, and django.db.transaction.atomic however it is reached."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Attribute) and node.attr == "atomic":
            yield "django.db.transaction.atomic", node.lineno


def things_kept_apart(root: Path) -> list[str]:
    """`atomic` only in workflows, `requests` only at the provider, weasyprint and the queue behind one module each."""
    return [
        f"{name}:{line}: {used} belongs in {' and '.join(places) or 'no module'}"
        for name, text in files(root, *CODE, suffixes={".py"})
        for used, line in _names_used(ast.parse(text))
        for kept, places in KEPT_APART.items()
        if (used == kept or used.startswith(f"{kept}.")) and not name.startswith(places)
    ]


def views_that_views_rest_on(root: Path) -> list[str]:
    """What two views need is in a module that is none of them."""
    return [
        f"{name}:{line}: {used} is of another view"
        for name, text in files(root, "cases/web", suffixes={".py"})
        if name.endswith("views.py")
        for used, line in _names_used(ast.parse(text))
        if used.startswith("cases.") and any(part.endswith("views") for part in used.split("."))
    ]


def questions_which_tab_it_is(root: Path) -> list[str]:
    """What is another on each tab is handed in by the tab."""
    return lines_that_match(
        r"\bpage\.tab\s*([=!]=|in\b|not in\b)|\btab\s*[=!]=\s*(Tab\.|[\"'])",
        files(root, "cases/web", "templates", suffixes={".py", ".html"}),
    )


def passwords_set_elsewhere(root: Path) -> list[str]:
    """What sets a password past `workflows.people` tells nobody."""
    code = [
        file for file in files(root, *CODE, suffixes={".py"}) if file[0] != "cases/workflows/people/people.py"
    ]
    return lines_that_match(r"(?<!people)\.set_password\(|\.a?create_(super)?user\(", code)


def permissions_by_hand(root: Path) -> list[str]:
    """A permission is a member of Perm; templates say `may.` and its codename."""
    code = [
        file for file in files(root, "cases", suffixes={".py"}) if not file[0].startswith(NAMES_PERMISSIONS)
    ]
    names = "|".join(perm.codename for perm in Perm)
    by_hand = [
        *lines_that_match(rf"""["'](cases|auth)\.({names})["']|has_perm\(f?["']""", iter(code)),
        *lines_that_match(r"\bperms\.", files(root, "templates", suffixes={".html"})),
    ]
    return by_hand + [
        f"{name}: may.{word}"
        for name, text in files(root, "templates", suffixes={".html"})
        for word in re.findall(r"\bmay\.(\w+)", text)
        if word not in {perm.codename for perm in Perm}
    ]


def variables_that_say_nothing(root: Path) -> list[str]:
    """A variable has the name of what it holds (docs/glossary.md)."""
    return [
        f"{name}:{node.lineno}: {word}"
        for name, text in files(root, *CODE, "tests", suffixes={".py"})
        if "/migrations/" not in name
        for node in ast.walk(ast.parse(text))
        for word in [_bound(node)]
        if word in SAY_NOTHING
    ] + [
        f"{name}: {word}"
        for name, text in files(root, "templates", suffixes={".html"})
        for word in re.findall(r"{% (?:for|with) (?:\w+, )*(\w+)(?: in |=)", text)
        if word in SAY_NOTHING
    ]


def _bound(node: ast.AST) -> str:
    """The name that a node gives to a value; '' if it gives none."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ""


def unfinished_work(root: Path) -> list[str]:
    return lines_that_match(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", files(root, *OURS))


def unescaped_text(root: Path) -> list[str]:
    python = lines_that_match(
        r"\b(mark_safe|html_safe|__html__)\b|\bSafe(String|Text)\(", files(root, *CODE, suffixes={".py"})
    )
    templates = lines_that_match(
        r"\|\s*(safe|safeseq)\b|autoescape\s+off",
        files(root, "templates", "cases", suffixes={".html", ".svg"}),
    )
    return python + templates


def times_without_zone(root: Path) -> list[str]:
    """Times of day that Django's own filters write do not say which of the two, in the hour that comes twice."""
    return lines_that_match(
        r"\|(date:.[^'\"]*[HGhgPfT][^a-z]|time\b)", files(root, "templates", suffixes={".html", ".svg"})
    )


def inline_code(root: Path) -> list[str]:
    """What the content security policy refuses: styles and handlers in the page, and code in attributes."""
    return lines_that_match(
        r"(?i)[\s\"']style\s*=|<style\b|[\s\"'](hx-)?on[a-z:-]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)",
        files(root, "templates", suffixes={".html", ".svg"}),
    )


def addresses_outside(root: Path) -> list[str]:
    """Pages load nothing from elsewhere. Names of XML vocabularies are not loaded."""
    outside = r"(?i)(https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]"
    sources = list(files(root, "templates", "static", suffixes={".html", ".css", ".js", ".svg"}))
    vendored = [
        (file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
        for file in sorted((root / "static/vendor").rglob("*.css"))
    ]
    spoken = [(name, re.sub(r"/\*.*?\*/", "", text, flags=re.S)) for name, text in sources + vendored]
    return lines_that_match(outside, iter(spoken))


def classes_styled_twice(root: Path) -> list[str]:
    """A class that stands alone in the sheets of two parts of a page means two things, and looks like neither."""
    found: dict[str, set[str]] = {}
    for name, text in files(root, "static", suffixes={".css"}):
        if name not in NOT_OF_A_PART:
            rules = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
            for alone in re.findall(r"(?:^|[{},])\s*\.([a-z][a-z-]*)\s*(?=[,{])", rules):
                found.setdefault(alone, set()).add(name)
    return [f".{alone} in {' and '.join(sorted(names))}" for alone, names in found.items() if len(names) > 1]


def files_too_long(root: Path) -> list[str]:
    return [
        f"{name}: {count} lines"
        for name, text in files(root, *OURS)
        if (count := len(text.splitlines())) > MOST_LINES and "/migrations/" not in name
    ]


def template_lines_too_long(root: Path) -> list[str]:
    """A template breaks at its tags; nobody can review a line that does not fit a screen."""
    return [
        f"{name}:{number}: {len(line)} characters"
        for name, text in files(root, "templates", suffixes={".html", ".txt"})
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]


def grab_bags(root: Path) -> list[str]:
    return [name for name, _ in files(root, *OURS) if GRAB_BAGS & {*Path(name).with_suffix("").parts}]


def pins(root: Path, name: str = "requirements.txt") -> dict[str, str]:
    text = (root / name).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s\\;]+)", text))


def pins_below_their_floor(root: Path) -> list[str]:
    pinned = pins(root)
    return [
        f"{name} is {pinned.get(name, 'missing')}, at least {floor} is needed"
        for name, (floor, _looked_up) in FLOORS.items()
        if name not in pinned or Version(pinned[name]) < Version(floor)
    ]


def faults_not_looked_up(root: Path) -> list[str]:
    """Of everything that is asked for by name it is known when its published faults were looked up."""
    text = (root / "requirements.in").read_text(encoding="utf-8").lower()
    names = re.findall(r"(?m)^([a-z0-9._-]+)", text)
    return [f"{name}: tests/house/known_faults.py" for name in names if name not in {*FLOORS, *NONE_FOUND}]


def pins_without_hash(root: Path) -> list[str]:
    """Every requirement is pinned and hashed, and the files name no index."""
    problems = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (root / name).read_text(encoding="utf-8")
        problems += [
            f"{name}: {address}" for address in re.findall(r"(?m)^[^#\n]*(?:--.*index|://).*$", text)
        ]
        for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]:
            if "==" not in entry.splitlines()[0] or "--hash=sha256:" not in entry:
                problems.append(f"{name}: {entry.splitlines()[0]}")
    return problems


def variables_read(root: Path) -> set[str]:
    """Names of the environment variables that the code reads by name."""
    found = set()
    for _, text in files(root, *CODE, suffixes={".py"}):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and node.args:
                called, named = ast.unparse(node.func), node.args[0]
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
                called, named = ast.unparse(node.value), node.slice
            else:
                continue
            if re.fullmatch(r"env\.\w+|os\.environ|os\.environ\.get|os\.getenv", called) and (
                isinstance(named, ast.Constant) and isinstance(named.value, str)
            ):
                found.add(named.value)
    return found


def undocumented_variables(root: Path) -> list[str]:
    """.env.example names every variable that is read, and no other."""
    example = (root / ".env.example").read_text(encoding="utf-8")
    documented = re.findall(r"(?m)^#?\s?([A-Z][A-Z0-9_]*)=", example)
    read = variables_read(root)
    return (
        [f"{name} is read, but .env.example does not say so" for name in sorted(read - {*documented})]
        + [f"{name} is in .env.example, but nothing reads it" for name in sorted({*documented} - read)]
        + [f"{name} is in .env.example twice" for name in sorted({*documented}) if documented.count(name) > 1]
    )


def modules_that_are_gone(root: Path) -> list[str]:
    """Comments and documents name a module by its file; one that moved or was renamed is named anew."""
    there = {Path(name).name for name, _text in files(root, *CODE, "tests", suffixes={".py"})} | OUTSIDE
    return [
        f"{name}: {module}"
        for name, text in files(root, *CODE, "docs", "README.md", suffixes={".py", ".md"})
        for module in re.findall(r"(?<![\w./-])(\w+\.py)\b", text)
        if module not in there
    ]


def missing_documents(root: Path) -> list[str]:
    """Every document that code or another document names is there."""
    named = {
        (name, document)
        for name, text in files(root, *OURS, ".env.example", suffixes=TEXT | {".example"})
        for document in re.findall(r"\bdocs/[\w/-]+\.(?:md|json)\b", text)
    }
    for name, text in files(root, "README.md", "docs", suffixes={".md"}):
        beside = Path(name).parent
        linked = re.findall(r"\]\((?!https?:)([^)#\s]+)", text)
        named |= {(name, (beside / link).as_posix()) for link in linked}
    return sorted(f"{name} names {document}" for name, document in named if not (root / document).exists())
