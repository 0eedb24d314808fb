"""Rules about the repository itself. Each first asserts that it found something to check."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bot.settings import SETTINGS
from bot.steps import ask, words
from bot.turn import Step
from knowledge.load import load_catalog
from locales.catalogue import Catalogues
from referral.store.schema import METADATA

PROJECT = Path(__file__).parents[2]
PACKAGES = ("bot", "referral", "knowledge", "locales")
NEEDS = 53
LANGUAGES = ("fi", "sv", "en", "se")

CORE = (
    "bot/dialogue.py",
    "bot/render.py",
    "bot/said.py",
    "bot/steps",
    "bot/turn.py",
    "bot/understand.py",
    "knowledge",
    "locales/text.py",
    *sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "referral").glob("*.py")),
    "referral/accounts",
    "referral/demand",
    "referral/directory",
    "referral/situation",
    "referral/web/charts",
)
"""What must be the same for the same input: no clock, no randomness, no network."""

EDGES = (
    "referral/directory/importers/fetch/folder.py",
    "referral/directory/importers/fetch/network.py",
    "referral/directory/importers/fetch/visits.py",
)
"""The files among those that ask and keep what the others decide."""

IMPURE_MODULES = {"random", "secrets", "socket", "time", "uuid", "aiohttp", "sqlalchemy", "asyncio", "os"}
IMPURE_CALLS = {"now", "today", "utcnow"}
TERMINAL = "bot/channels/terminal.py"

MAY_PRINT = {TERMINAL}
MOST_LINES = 300


def modules(*where: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module below ``where`` (files or folders), by its path from the project."""
    for name in where:
        path = PROJECT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield file.relative_to(PROJECT).as_posix(), ast.parse(file.read_text("utf-8"))


def tracked() -> list[Path]:
    """Every text file of the project, as git would commit it."""
    run = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [PROJECT / name for name in run.stdout.splitlines() if (PROJECT / name).is_file()]


def test_imports_point_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([program], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert "1 kept" in run.stdout, run.stdout
    assert run.returncode == 0, run.stdout


def test_every_setting_is_in_the_readme() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `(DIGITUKI_\w+)` \|", readme, re.MULTILINE))
    assert SETTINGS
    assert rows == {setting.name for setting in SETTINGS}


def test_every_need_speaks_every_language() -> None:
    needs = load_catalog().needs
    assert len(needs) == NEEDS
    for need in needs.values():
        assert {*LANGUAGES, "fi@simple"} <= set(need.titles), need.id
        for language in LANGUAGES:
            assert need.phrases[language], (need.id, language)
            assert need.examples[language], (need.id, language)


ALLOWED_COLUMNS = {
    "conversations": {"key", "state", "counted", "helped", "misses", "turns", "faults", "started", "seen"},
    "turns": {"mark", "conversation", "position", "said", "address", "unsent", "heard"},
    "peppers": {"week", "secret"},
    "secrets": {"name", "secret"},
    "releases": {"kind", "period", "sha256", "content"},
}
"""What may be stored of a conversation. A new column is a new promise to the people who write to us."""

OF_SUPPLY = {
    *("sources", "organisations", "offers", "records", "checks", "overrules", "told_pairs", "left_out"),
    *("submissions", "provider_links", "revisions", "coordinators", "assignments", "invitations"),
    *("recovery_codes", "attempts", "sessions", "api_tokens", "audit", "practices", "findings"),
}
"""Tables about organisations and those who coordinate them: nothing of a conversation is in them."""

COUNTER_COLUMNS = {
    *("period", "count", "municipality", "region", "need", "need_group", "language", "form", "outcome"),
    *("asker", "channel", "helped", "kind", "reason"),
}


def test_every_column_is_on_the_list() -> None:
    assert METADATA.tables.keys() >= OF_SUPPLY
    for table in METADATA.tables.values():
        if table.name in OF_SUPPLY:
            continue
        allowed = ALLOWED_COLUMNS.get(table.name, COUNTER_COLUMNS)
        assert {column.name for column in table.columns} <= allowed, table.name


def test_language_never_meets_municipality() -> None:
    tables = [{column.name for column in table.columns} for table in METADATA.tables.values()]
    assert any("municipality" in columns for columns in tables)
    assert any("language" in columns for columns in tables)
    assert not [columns for columns in tables if {"municipality", "language"} <= columns]


def test_there_is_one_migration_head() -> None:
    versions = list((PROJECT / "referral/migrations/versions").glob("*.py"))
    assert versions
    text = [version.read_text("utf-8") for version in versions]
    revisions = {found for one in text for found in re.findall(r'^revision\b.*?= "(\w+)"', one, re.MULTILINE)}
    parents = {
        found for one in text for found in re.findall(r'^down_revision\b.*?= "(\w+)"', one, re.MULTILINE)
    }
    assert len(revisions) == len(versions)
    assert len(revisions - parents) == 1


def test_only_the_terminal_prints() -> None:
    found = list(modules(*PACKAGES))
    assert TERMINAL in [name for name, _ in found]
    for name, tree in found:
        prints = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
        assert not prints or name in MAY_PRINT, name


def test_the_core_has_no_clock_and_no_chance() -> None:
    found = [(name, tree) for name, tree in modules(*CORE) if name not in EDGES]
    assert len(found) > len(CORE)
    for name, tree in found:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not IMPURE_MODULES & {alias.name.partition(".")[0] for alias in node.names}, name
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in IMPURE_MODULES, name
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                is_clock = node.attr in IMPURE_CALLS and node.value.id in ("datetime", "date")
                assert not is_clock, f"{name}:{node.lineno}"


def test_no_machine_is_named() -> None:
    """No path of somebody's machine, and no registry, whose names do not belong into a project."""
    secret_words = [f"/{'home'}/", f"/{'work'}/", f"/{'root'}/", "index" + "-url ="]
    registry = re.compile(r"--(extra-)?index-url \S|files\.pythonhosted")
    files = tracked()
    assert len(files) > 100
    for file in files:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        name = file.relative_to(PROJECT).as_posix()
        assert not [word for word in secret_words if word in text], name
        if name.startswith("requirements/"):
            assert "://" not in text, name
        elif name != "tests/house/test_rules.py":
            assert not registry.search(text), name


def test_every_step_has_its_file() -> None:
    files = {path.stem for path in (PROJECT / "bot/steps").glob("*.py")}
    assert {step.value for step in Step} <= files
    assert set(ask.QUESTIONS) == set(words.WORDS) == set(Step)


def test_no_module_outgrows_its_noun() -> None:
    found = [(name, len((PROJECT / name).read_text("utf-8").splitlines())) for name, _ in modules(*PACKAGES)]
    assert found
    assert not [(name, lines) for name, lines in found if lines > MOST_LINES]


def test_tests_are_not_packages() -> None:
    assert list((PROJECT / "tests").rglob("test_*.py"))
    assert not list((PROJECT / "tests").rglob("__init__.py"))


def test_minimum_versions_have_the_advisories_fixes() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "aiohttp>=3.14.3" in project["dependencies"]
    locked = (PROJECT / "requirements/run.txt").read_text("utf-8")
    version = re.search(r"^aiohttp==(\d+)\.(\d+)\.(\d+)", locked, re.MULTILINE)
    assert version
    assert tuple(map(int, version.groups())) >= (3, 14, 3)
    tornado = re.search(r"^tornado==(\d+)\.(\d+)\.(\d+)", locked, re.MULTILINE)
    assert tornado is None or tuple(map(int, tornado.groups())) >= (6, 5, 8)


def test_every_locked_package_has_a_hash() -> None:
    for lock in ("run", "dev"):
        text = (PROJECT / f"requirements/{lock}.txt").read_text("utf-8")
        packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert packages
        assert all("--hash=sha256:" in package for package in packages)


def test_every_language_has_its_catalogue() -> None:
    assert Catalogues.load().languages == ("fi", "fi@simple", "sv", "en", "se")


def test_no_exclamation_marks_are_said() -> None:
    found = list((PROJECT / "locales").glob("*/LC_MESSAGES/digituki.po"))
    assert found
    for path in found:
        lines = path.read_text("utf-8").splitlines()
        loud = [line for line in lines if line.startswith(("msgstr", '"')) and "!" in line]
        assert not [line for line in loud if "nplurals" not in line], path.parent.parent.name
