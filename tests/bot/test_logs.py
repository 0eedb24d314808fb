"""The log has no place for a person, whoever writes to it."""

import json
import logging
from io import StringIO
from typing import Any

import structlog

from referral.fault import where

CANARY = "131052-308T"


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def fault() -> ValueError:
    try:
        raise ValueError(f"cannot read {CANARY}")
    except ValueError as error:
        return error


def test_a_line_is_a_json_object_with_time_and_level(log: StringIO) -> None:
    structlog.get_logger("digituki.test").info("started", port=8080)
    [line] = lines(log)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "started", "level": "info", "logger": "digituki.test", "port": 8080}


def test_a_field_that_is_not_known_is_left_out(log: StringIO) -> None:
    structlog.get_logger().warning("odd", text=CANARY, conversation=CANARY, address=CANARY, code="x")
    assert CANARY not in log.getvalue()
    assert lines(log)[0]["code"] == "x"


def test_a_value_that_is_not_plain_is_left_out(log: StringIO) -> None:
    structlog.get_logger().warning("odd", reason=fault(), path=[CANARY])
    assert CANARY not in log.getvalue()
    assert "reason" not in lines(log)[0]


def test_of_an_error_only_its_type_and_places_are_told(log: StringIO) -> None:
    structlog.get_logger().error("fault", **where(fault()))
    structlog.get_logger().error("fault", exc_info=fault())
    assert CANARY not in log.getvalue()
    assert lines(log)[0]["error"] == "ValueError"
    assert lines(log)[0]["at"].startswith("bot/test_logs.py:")


def test_lines_of_libraries_are_cut_down_to_their_template(log: StringIO) -> None:
    library = logging.getLogger("aiohttp.server")
    library.error("Error handling request from %s", CANARY, exc_info=fault())
    library.warning("Task exception was never retrieved\nfuture: <Task exception=%s>" % CANARY)  # noqa: UP031
    assert CANARY not in log.getvalue()
    first, second = lines(log)
    assert first["event"] == "Error handling request from %s"
    assert (first["logger"], first["error"]) == ("aiohttp.server", "ValueError")
    assert second["event"] == "Task exception was never retrieved"


def test_the_access_log_is_off(log: StringIO) -> None:
    logging.getLogger("aiohttp.access").warning(f"127.0.0.1 GET /?{CANARY}")
    assert log.getvalue() == ""


def test_what_is_below_the_level_is_not_logged(log: StringIO) -> None:
    structlog.get_logger().debug("small")
    logging.getLogger("asyncio").debug("small")
    assert log.getvalue() == ""


def test_letters_stay_letters(log: StringIO) -> None:
    structlog.get_logger().info("käynnistyi")
    assert "käynnistyi" in log.getvalue()
