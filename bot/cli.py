"""The command line: the only place that reads the environment and builds things.

Exit status: 0 done, 1 something outside failed (the port, the database, a data file), 2 the command or
a setting is wrong. Every failure says what happened and what to do next.
"""

import argparse
import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence

from dotenv import dotenv_values

from bot import coordinators, demand, directory, exporting, fetching, intake, logs, overruling, stored
from bot.channels import terminal
from bot.dialogue import step
from bot.known import Known
from bot.render import renderer
from bot.serve import now, operator, serve
from bot.settings import BadSettings, Settings
from bot.understanding_json import understand_lines
from knowledge.model import BadData
from referral.answer_json import BadRequest, answer_json, request_from
from referral.match import match
from referral.store.database import StoreUnavailable


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except BadSettings as error:
        return _complain(2, f"{error}\nCorrect it in the environment or in the file .env, then start again.")
    except (
        BadRequest,
        coordinators.BadCoordinator,
        demand.BadDemand,
        directory.BadDirectory,
        overruling.BadOverruling,
        exporting.BadExport,
        intake.BadFile,
        fetching.BadFetch,
    ) as error:
        return _complain(2, str(error))
    except (fetching.NoAnswer, fetching.BadFolder) as error:
        return _complain(1, str(error))
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
    refer.add_argument("--audience", default="citizens", help="citizens, or supporters for those who help")
    demand.add_commands(command("demand", _demand, "What was asked: releases, exports, raw counters."))
    fetching.add_arguments(command("fetch", _fetch, "Asks a source for its pages, for the import to read."))
    intake.add_arguments(command("import", _import, "Takes what a source gave into the directory."))
    coordinators.add_commands(command("coordinators", _coordinators, "Who may use the coordinators' site."))
    tasks = directory.add_commands(command("directory", _directory, "Looks after what is on offer."))
    about = "Visits the web addresses that are shown and looks at the numbers; only when you say so."
    tasks.add_parser("check-links", help=about, description=about).set_defaults(run=_check_links)
    about = "Writes what is published as a file: JSON, tables, or a workbook."
    exported = tasks.add_parser("export", help=about, description=about)
    exported.set_defaults(run=_export)
    exporting.add_arguments(exported)
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


def _known(*, stored: bool = False) -> Known:
    """Everything that is read at start, and kept: it is set aside from the search for garbage."""
    known = Known.load(stored=stored)
    gc.freeze()
    gc.enable()
    return known


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(status: int, sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status


def _serve(options: argparse.Namespace) -> int:
    settings = _settings()
    logs.configure(settings.log_level, sys.stderr)
    return asyncio.run(serve(settings, _known(stored=True)))


def _chat(options: argparse.Namespace) -> int:
    settings = _settings()
    known = _known()
    terminal.talk(
        step,
        renderer(known.atlas, known.catalogues),
        known.world(operator(settings)),
        now,
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
        audience=options.audience,
    )
    found = stored.look(_settings(), known.atlas, now().date())
    answer = match(request, found.directory if found else known.directory, now())
    _write(json.dumps(answer_json(answer, options.language or "fi"), ensure_ascii=False, indent=2))
    return 0


def _fetch(options: argparse.Namespace) -> int:
    settings = _settings()
    folder = fetching.fetch(fetching.asked(options, settings), settings, _write, sys.stderr)
    if not options.bring:
        return 0
    fetched = intake.watched(intake.of_folder(folder, now().date()), sys.stderr)
    return asyncio.run(intake.run(settings, fetched, _write))


def _check_links(options: argparse.Namespace) -> int:
    # Imported only where it has work: the numbering plan takes a while to read.
    from bot.checking import check_links

    check_links(_settings(), now().date(), _write, sys.stderr)
    return 0


def _export(options: argparse.Namespace) -> int:
    exporting.export(_settings(), options, now().date())
    return 0


def _import(options: argparse.Namespace) -> int:
    asked = intake.watched(intake.asked(options, now().date()), sys.stderr)
    return asyncio.run(intake.run(_settings(), asked, _write))


def _directory(options: argparse.Namespace) -> int:
    asyncio.run(directory.run(_settings(), options, now().date(), _write))
    return 0


def _demand(options: argparse.Namespace) -> int:
    settings = _settings()
    logs.configure("WARNING", sys.stderr)  # That somebody looked is always logged.
    asyncio.run(demand.run(settings, options, now(), _write))
    return 0


def _coordinators(options: argparse.Namespace) -> int:
    for line in asyncio.run(coordinators.run(_settings(), options, now())):
        _write(line)
    return 0


def _telegram_checked(options: argparse.Namespace) -> int:
    from bot.channels.telegram import commands

    return commands.checked(_settings(), _write)


def _link(options: argparse.Namespace) -> int:
    from bot.channels.telegram import commands

    words = {name: getattr(options, name) for name in ("place", "language", "need", "whom")}
    return commands.linked(_settings(), options.bot, words, options.qr, _write)
