"""The log: one JSON object a line, in which there is no place for a person.

Our own lines may carry only the fields in ``FIELDS``: what somebody wrote, an address or a key has no
field to be in. Lines of the libraries below us are cut down to their template, because what they fill
in (addresses of clients, statements, tokens) is not ours to judge; of an error its type and its place
in the program remain, never its message.
"""

import logging
from typing import TextIO

import structlog
from structlog.typing import EventDict

from referral.fault import where

FIELDS = frozenset(
    (
        *("event", "level", "timestamp", "logger", "channel", "code", "reason", "error", "at", "count"),
        *("seconds", "host", "port", "setting", "file", "version", "path", "status", "source", "row"),
    )
)
"""Every field that a line may have."""

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def configure(level: str, stream: TextIO) -> None:
    """Sends our lines and the libraries' to ``stream``, those of ``level`` (one of LEVELS) and above."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_cut_down],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                only_known_fields,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    # They say whom they call, and with what: the token of the bot, the words of an answer.
    for library in ("httpx", "httpcore", "telegram"):
        logging.getLogger(library).setLevel(logging.WARNING)
    # It writes the client's address into its template.
    logging.getLogger("aiohttp.access").disabled = True


def only_known_fields(logger: object, method: str, fields: EventDict) -> EventDict:
    """The fields of a line that may be there; a structlog processor."""
    return {name: value for name, value in fields.items() if name in FIELDS and _plain(value)}


def _cut_down(logger: object, method: str, fields: EventDict) -> EventDict:
    """A line of a library: the first line of its template, its logger, and where an error came from."""
    record: logging.LogRecord = fields["_record"]
    error = record.exc_info[1] if record.exc_info else None
    words = str(record.msg).partition("\n")[0][:200]
    kept = {name: fields[name] for name in ("_record", "_from_structlog")}
    return {**kept, "event": words, "logger": record.name, **(where(error) if error else {})}


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float)
