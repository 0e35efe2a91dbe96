"""The house itself: its top level, its floors, what is locked and what is deployed."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

TOP = {
    "monitor", "probes", "storage", "reports", "tests", "docs",
    "pyproject.toml", "README.md", "docker-compose.yml", "Dockerfile", "Makefile", "CHANGELOG.md", "LICENSE",
    "requirements.lock",
}  # fmt: skip


def tracked(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_the_top_level_holds_what_the_design_names_and_nothing_else(root):
    top = {name.split("/")[0] for name in tracked(root)}
    assert {name for name in top if not name.startswith(".")} == TOP


def test_imports_point_down_and_packages_stay_in_their_rooms(root, monkeypatch):
    monkeypatch.chdir(root)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_the_lock_has_hashes_and_names_no_address(root):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    names = re.findall(r"^[a-zA-Z0-9._-]+(?:\[[^\]]+\])?==", lock, flags=re.MULTILINE)
    assert len(names) > 80
    assert lock.count("--hash=sha256:") >= len(names)
    assert not re.search(r"https?://|index-url|find-links", lock)


def test_every_dependency_has_its_reason(root):
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    requirement = re.compile(r'^\s*"[a-z0-9-]+(\[[a-z,]+\])?([<>=].*)?",?\s*(#.*)?$')
    rows = [line for line in lines if requirement.match(line) and re.search(r"[<>]=?\d|types-", line)]
    assert len(rows) > 30
    assert [row for row in rows if "#" not in row] == []


def test_every_package_is_installed_by_the_lock(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    locked = {
        name.lower()
        for name in re.findall(r"^([a-zA-Z0-9._-]+)(?:\[|==)", (root / "requirements.lock").read_text(), re.MULTILINE)
    }
    assert {re.split(r"[\[<>=]", name)[0].lower() for name in wanted} <= locked


def test_compose_reads_the_file(root):
    compose = shutil.which("docker-compose")
    if not compose:
        pytest.skip("docker-compose is not installed on this machine")
    checked = subprocess.run(
        [compose, "-f", "docker-compose.yml", "config", "--quiet"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_help_imports_no_room():
    slow = ("spacy", "sqlmodel", "httpx", "fastapi", "jinja2")
    code = f"import sys, monitor.cli; print([name for name in {slow} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
