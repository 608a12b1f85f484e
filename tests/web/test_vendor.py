"""What others wrote is as it was published, and the pages load nothing from elsewhere."""

import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from amlportal import settings as portal_settings

ROOT = Path(settings.BASE_DIR)
SUMS = [line.split("  ") for line in (ROOT / "static/vendor/SHA256SUMS").read_text().splitlines()]
OURS_BESIDE_THEM = {"SHA256SUMS", "README.md", "copy.sh", "icons.txt"}
STYLE_SHEETS = sorted((ROOT / "static").rglob("*.css"))
SPRITES = {name: (ROOT / "static" / name).read_text() for name in ("icons.svg", "flags.svg")}
ICON_USED = re.compile(r'_icon\.html"\s+with\s+name="([\w-]+)"|\bicon="([\w-]+)"|icons\.svg\' %}#([\w-]+)')


@pytest.mark.parametrize(("wanted", "path"), SUMS, ids=[path for _sum, path in SUMS])
def test_a_vendored_file_is_the_one_that_was_copied(wanted: str, path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == wanted


def test_no_vendored_file_lacks_a_sum() -> None:
    places = [ROOT / "static/vendor", ROOT / "tests/browser/vendor"]
    found = {path for place in places for path in place.rglob("*") if path.is_file()}
    unsummed = {path for path in found if path.name not in OURS_BESIDE_THEM} - {
        ROOT / path for _sum, path in SUMS
    }
    assert not unsummed


def test_every_vendored_folder_holds_its_licence() -> None:
    folders = [path for path in (ROOT / "static/vendor").iterdir() if path.is_dir()]
    assert len(folders) == 4
    for folder in [*folders, ROOT / "tests/browser/vendor"]:
        assert (folder / "LICENSE").stat().st_size > 100, folder


def test_versions_are_exact_and_told_in_the_readme() -> None:
    readme = (ROOT / "static/vendor/README.md").read_text()
    for package, version in json.loads((ROOT / "package.json").read_text())["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), package
        assert re.search(rf"`{re.escape(package)}` \| {re.escape(version)} ", readme), package


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing_from_elsewhere(sheet: Path) -> None:
    text = sheet.read_text()
    assert "@import" not in text
    for address in re.findall(r"""url\(\s*["']?([^"')\s]{1,40})""", text):
        assert (
            address.startswith("data:image/svg+xml")
            or (sheet.parent / address).exists()
            or (address.startswith("vendor/inter/") and ":" not in address)
        )


def test_every_icon_a_page_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITES["icons.svg"]))
    for path in (ROOT / "templates").rglob("*.html"):
        for names in ICON_USED.findall(path.read_text()):
            assert set(filter(None, names)) <= drawn, path.name


@pytest.mark.parametrize("name", SPRITES)
def test_a_sprite_is_sound_and_carries_no_script(name: str) -> None:
    ElementTree.fromstring(SPRITES[name])  # noqa: S314 - our own file
    assert not re.search(r"<script|\son\w+=|style=|https?://(?!www\.w3\.org/2000/svg)", SPRITES[name])


def test_static_files_survive_being_hashed(tmp_path: Path, settings: object) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": portal_settings.STORAGES["staticfiles"],
    }
    call_command(Command(), interactive=False, verbosity=0)
    hashed = {path.name.split(".")[0] for path in tmp_path.glob("*.css") if path.name.count(".") == 2}
    assert {"portal", "parts", "forms", "print"} <= hashed
    portal = next(path for path in tmp_path.glob("portal.*.css") if path.name.count(".") == 2)
    fonts = re.findall(r'url\("(vendor/inter/[^"]+)"\)', portal.read_text())
    assert len(fonts) == 2
    assert all((tmp_path / font).exists() for font in fonts)
