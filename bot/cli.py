"""The command line: the only place that reads the environment and builds things.

Exit status: 0 done, 1 something outside failed (the port, the database, a data file), 2 the command or
a setting is wrong. Every failure says what happened and what to do next.
"""

import argparse
import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

import structlog
from aiohttp.web import RouteDef
from dotenv import dotenv_values

from bot import demand, intake, logs
from bot.channels import terminal, web
from bot.dialogue import step
from bot.known import Known
from bot.metrics import Metrics
from bot.render import renderer
from bot.rooms import rooms
from bot.service import HELSINKI, Service
from bot.settings import BadSettings, Settings
from bot.understand import understand_lines
from knowledge.model import BadData
from locales.text import Text, as_written, say
from referral.answer_json import BadRequest, answer_json, request_from
from referral.match import match
from referral.migrations import upgrade
from referral.store.database import Database, StoreUnavailable, open_database

SWEEP_SECONDS = 300
"""How often what has outlived its time is deleted, and what has closed is released."""
_LOG = structlog.get_logger("digituki.cli")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except BadSettings as error:
        return _complain(2, f"{error}\nCorrect it in the environment or in the file .env, then start again.")
    except (BadRequest, demand.BadDemand, intake.BadFile) as error:
        return _complain(2, str(error))
    except BadData as error:
        return _complain(1, f"A data file cannot be used. {error}")
    except StoreUnavailable as error:
        return _complain(1, f"The database cannot be used ({error.reason}). Look at DIGITUKI_DATABASE_URL.")
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain once more when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="digituki", description="Finds digital support in Finland.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        return added

    command("serve", _serve, "Starts the service: the web chat and its pages.")
    chat = command("chat", _chat, "Talks in the terminal. Nothing is counted and nothing is kept.")
    chat.add_argument("--language", default="", help="fi, fi@simple, sv, en or se")
    understand = command(
        "understand", _understand, "Reads one message a line, writes one JSON object a line."
    )
    understand.add_argument("--language", default="", help="the language that the conversation is in")
    understand.add_argument("--explain", action="store_true", help="also say which words led to what")
    refer = command("refer", _refer, "Prints, as JSON, who can help with a need in a place.")
    refer.add_argument("--need", required=True, action="append", help="the id of a need; may be repeated")
    refer.add_argument("--place", default="", help="a postcode, a municipality's code or its name")
    refer.add_argument("--language", default="", help="the language preferred")
    refer.add_argument("--form", default="", help="in_person, remote or training")
    refer.add_argument("--point", default="", help="LAT,LON, where the person is")
    demand.add_commands(command("demand", _demand, "What was asked: releases, exports, raw counters."))
    intake.add_arguments(command("import", _import, "Says what files of a source would change."))
    telegram_ = command("telegram", _telegram_checked, "Looks at the Telegram bot and says what to fix.")
    telegram_.add_argument("what", choices=["check"])
    link = command("link", _link, "Makes a link to the Telegram bot, for a poster or a relative.")
    link.add_argument("--place", default="", help="a municipality or a region, by code or name")
    link.add_argument("--language", default="", help="the language to begin in")
    link.add_argument("--need", default="", help="the id of a need")
    link.add_argument("--for", dest="whom", default="", choices=["me", "other"], help="who is to be helped")
    link.add_argument("--bot", default="", help="the bot's name; else it is asked for with the token")
    link.add_argument("--qr", default="", help="also draw its QR code into this file: .svg, .png or .pdf")
    return parser


def _settings() -> Settings:
    """The settings: the environment, and below it the file .env."""
    file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return Settings.from_env({**file, **os.environ})


def _known() -> Known:
    """Everything that is read at start, and kept: it is set aside from the search for garbage."""
    known = Known.load()
    gc.freeze()
    gc.enable()
    return known


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(status: int, sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status


def _now() -> datetime:
    return datetime.now(UTC).astimezone(HELSINKI)


def _serve(options: argparse.Namespace) -> int:
    settings = _settings()
    logs.configure(settings.log_level, sys.stderr)
    return asyncio.run(_serving(settings, _known()))


async def _serving(settings: Settings, known: Known) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    metrics = Metrics()
    async with open_database(settings.database_url) as database:
        await upgrade(database)
        service = _service(settings, known, database, metrics)
        try:
            async with (
                _swept(partial(_sweep, settings, known, service, database)),
                _telegram(settings, known, service, database, metrics) as routes,
                _web(settings, known, service, database, metrics, routes) as address,
            ):
                _write(f"digituki answers at {address} (stop with Ctrl-C)")
                await stop.wait()
        except OSError as error:
            return _complain(
                1,
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Stop the other program, or choose another DIGITUKI_PORT.",
            )
    return 0


def _service(settings: Settings, known: Known, database: Database, metrics: Metrics) -> Service:
    render = renderer(known.atlas, known.catalogues)
    return Service(database, step, render, known.world(_operator(settings)), _now, metrics)


def _operator(settings: Settings) -> Text:
    return as_written(settings.operator) if settings.operator else say("not named yet")


@asynccontextmanager
async def _telegram(
    settings: Settings, known: Known, service: Service, database: Database, metrics: Metrics
) -> AsyncIterator[tuple[RouteDef, ...]]:
    """The Telegram channel where a token is set; the routes that it needs on the web server."""
    if not settings.telegram_token:
        yield ()
        return
    # Imported only where it is switched on: its library takes a fifth of a second of every start.
    from bot.channels import telegram

    account = telegram.Account.of(settings)
    async with telegram.open(service, database, known.catalogues, metrics, account) as routes:
        yield routes


@asynccontextmanager
async def _web(
    settings: Settings,
    known: Known,
    service: Service,
    database: Database,
    metrics: Metrics,
    others: tuple[RouteDef, ...],
) -> AsyncIterator[str]:
    operator = web.Operator(_operator(settings), settings.operator_contact)
    attributions = tuple(line.text for line in known.atlas.attributions)
    async with web.open(
        service,
        known.catalogues,
        metrics,
        operator,
        attributions,
        settings.host,
        settings.port,
        others=others,
        rooms=rooms(settings, known, database),
    ) as address:
        yield address


async def _sweep(settings: Settings, known: Known, service: Service, database: Database) -> None:
    await service.sweep()
    frame = demand.frame_of(known.catalog, known.atlas, known.catalogues.languages)
    await demand.close(database, frame, settings, _now())


@asynccontextmanager
async def _swept(sweep: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Deletes what has outlived its time and releases the months that have closed, now and every few minutes."""

    async def sweeps() -> None:
        while True:
            try:
                await sweep()
            except StoreUnavailable:
                pass  # The next sweep does it.
            except demand.BadDemand as error:
                _LOG.error("nothing released", reason=str(error))
            await asyncio.sleep(SWEEP_SECONDS)

    sweeping = asyncio.create_task(sweeps())
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping


def _chat(options: argparse.Namespace) -> int:
    settings = _settings()
    known = _known()
    terminal.talk(
        step,
        renderer(known.atlas, known.catalogues),
        known.world(_operator(settings)),
        _now,
        options.language,
    )
    return 0


def _understand(options: argparse.Namespace) -> int:
    known = _known()
    lines: Iterable[str] = (line.rstrip("\n") for line in sys.stdin)
    for found in understand_lines(known.mind, lines, options.language, options.explain):
        _write(json.dumps(found, ensure_ascii=False))
    return 0


def _refer(options: argparse.Namespace) -> int:
    known = _known()
    request = request_from(
        known.catalog,
        known.atlas,
        needs=tuple(options.need),
        place=options.place,
        language=options.language,
        form=options.form,
        point=options.point,
    )
    answer = match(request, known.directory, _now())
    _write(json.dumps(answer_json(answer, options.language or "fi"), ensure_ascii=False, indent=2))
    return 0


def _import(options: argparse.Namespace) -> int:
    for line in intake.dry_run(intake.asked(options, _now().date())):
        _write(line)
    return 0


def _demand(options: argparse.Namespace) -> int:
    settings = _settings()
    logs.configure("WARNING", sys.stderr)  # That somebody looked is always logged.
    asyncio.run(demand.run(settings, options, _now(), _write))
    return 0


def _telegram_checked(options: argparse.Namespace) -> int:
    from bot.channels.telegram import commands

    return commands.checked(_settings(), _write)


def _link(options: argparse.Namespace) -> int:
    from bot.channels.telegram import commands

    words = {name: getattr(options, name) for name in ("place", "language", "need", "whom")}
    return commands.linked(_settings(), options.bot, words, options.qr, _write)
