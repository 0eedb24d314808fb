"""Settings are read once, checked together, and refused with the name, the trouble and the fix."""

from pathlib import Path

import pytest

from bot.settings import SETTINGS, BadSettings, Settings


def problems(environment: dict[str, str]) -> dict[str, str]:
    with pytest.raises(BadSettings) as caught:
        Settings.from_env(environment)
    return {problem.setting: f"{problem.wrong} {problem.fix}" for problem in caught.value.problems}


def test_nothing_has_to_be_set() -> None:
    settings = Settings.from_env({"PATH": "/bin"})
    assert settings.data_dir == Path("data")
    assert settings.database_url == "sqlite:///data/digituki.sqlite3"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert (settings.operator, settings.operator_contact) == ("", "")
    assert settings.log_level == "INFO"


def test_everything_can_be_set() -> None:
    environment = {
        "DIGITUKI_DATA_DIR": "/srv/digituki",
        "DIGITUKI_DATABASE_URL": "postgresql://digituki:salasana@localhost/digituki",
        "DIGITUKI_HOST": "::1",
        "DIGITUKI_PORT": "0",
        "DIGITUKI_OPERATOR": " Sodankylän kunta ",
        "DIGITUKI_OPERATOR_CONTACT": "digituki@example.org",
        "DIGITUKI_LOG_LEVEL": "warning",
    }
    assert environment.keys() <= {setting.name for setting in SETTINGS}
    settings = Settings.from_env(environment)
    assert settings.database_url == environment["DIGITUKI_DATABASE_URL"]
    assert settings.operator == "Sodankylän kunta"
    assert (settings.port, settings.log_level) == (0, "WARNING")


def test_what_is_empty_has_its_default() -> None:
    assert Settings.from_env({setting.name: " " for setting in SETTINGS}) == Settings.from_env({})


def test_the_data_folder_holds_the_database() -> None:
    settings = Settings.from_env({"DIGITUKI_DATA_DIR": "/srv/d"})
    assert settings.database_url == "sqlite:////srv/d/digituki.sqlite3"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DIGITUKI_PORT", "http", '"http" is not a port. Give a whole number from 0 to 65535.'),
        ("DIGITUKI_PORT", "65536", '"65536" is not a port.'),
        ("DIGITUKI_PORT", "-1", '"-1" is not a port.'),
        ("DIGITUKI_PORT", "٨٠٨٠", "is not a port."),
        ("DIGITUKI_HOST", "http://localhost", "is not an address to listen on."),
        ("DIGITUKI_LOG_LEVEL", "loud", '"loud" is not a level. Give one of DEBUG, INFO, WARNING, ERROR.'),
        ("DIGITUKI_DATABASE_URL", "digituki.db", "not the address of a database. Give sqlite:///path"),
        ("DIGITUKI_DATABASE_URL", "mysql://localhost/x", "Only SQLite and PostgreSQL can be used."),
        ("DIGITUKI_DATABASE_URL", "sqlite://", "in memory would forget"),
        ("DIGITUKI_DATABASE_URL", "sqlite:///:memory:", "in memory would forget"),
        ("DIGITUKI_DATA_DIR", __file__, "is a file. Give the path of a folder."),
        ("DIGITUKI_OPERATOR", "a\nb", "more than one line"),
        ("DIGITUKI_OPERATOR_CONTACT", "x" * 201, "too long"),
        ("DIGITUKI_PROT", "8081", "There is no setting of this name. Did you mean DIGITUKI_PORT?"),
        ("DIGITUKI_ZZZZZ", "8081", "There is no setting of this name. Remove it"),
    ],
)
def test_a_wrong_value_is_told_with_its_fix(name: str, value: str, told: str) -> None:
    assert told in problems({name: value})[name]


def test_all_problems_are_told_at_once() -> None:
    found = problems({"DIGITUKI_PORT": "x", "DIGITUKI_LOG_LEVEL": "x", "DIGITUKI_HOTS": "x"})
    assert found.keys() == {"DIGITUKI_PORT", "DIGITUKI_LOG_LEVEL", "DIGITUKI_HOTS"}


@pytest.mark.parametrize("url", ["mysql://u:salasana@h/x", "sqlite://u:salasana@", "salasana"])
def test_a_password_is_never_told(url: str) -> None:
    with pytest.raises(BadSettings) as caught:
        Settings.from_env({"DIGITUKI_DATABASE_URL": url})
    assert "salasana" not in str(caught.value)


def test_every_setting_has_a_name_and_a_help() -> None:
    assert SETTINGS
    for setting in SETTINGS:
        assert setting.name.startswith("DIGITUKI_")
        assert setting.help.endswith(".")
