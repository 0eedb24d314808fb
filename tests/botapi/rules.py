"""What the Bot API refuses, in its own words: the checks that it makes of a call before it does anything."""

import json
from html.parser import HTMLParser
from typing import Any

Fields = dict[str, str]

MOST_TEXT = 4096
MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"}
LENGTHS = {"name": 64, "description": 512, "short_description": 120}


class Refused(Exception):
    """A call that is answered with an error: its status, its description, and its parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class _Reader(HTMLParser):
    """The text of a message and whether its markup is whole."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in TAGS:
            raise Refused(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refused(400, "Bad Request: can't parse entities: Unmatched end tag")

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(fields: Fields) -> str:
    """The text of a message after its markup has been read. Raises Refused."""
    text = fields.get("text", "")
    if fields.get("parse_mode") == "HTML":
        reader = _Reader()
        reader.feed(text)
        reader.close()
        if reader.open:
            raise Refused(400, "Bad Request: can't parse entities: Can't find end tag")
        text = reader.text
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > MOST_TEXT:
        raise Refused(400, "Bad Request: message is too long")
    return text.strip()


def markup_of(fields: Fields) -> dict[str, Any]:
    """The keyboard of a message, {} where it has none. Raises Refused."""
    if not fields.get("reply_markup"):
        return {}
    markup: dict[str, Any] = json.loads(fields["reply_markup"])
    kinds = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"} & markup.keys()
    if len(kinds) != 1:
        raise Refused(400, "Bad Request: object expected as reply markup")
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in buttons:
        _check_button(button, inline="inline_keyboard" in markup)
    return markup


def _check_button(button: dict[str, Any], *, inline: bool) -> None:
    if not str(button.get("text", "")).strip():
        raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    if not inline:
        return
    does = {"callback_data", "url", "copy_text"} & button.keys()
    if len(does) != 1:
        raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data", "x")
    if not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise Refused(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
    if "url" in button and "." not in button["url"]:
        raise Refused(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid")


def check_profile(field: str, fields: Fields) -> None:
    """A name or a description for a language. Raises Refused."""
    if len(fields.get(field, "")) > LENGTHS[field]:
        raise Refused(400, f"Bad Request: bot {field} is too long")
    check_language(fields)


def check_language(fields: Fields) -> None:
    """The two-letter language of a name, a description or commands. Raises Refused."""
    code = fields.get("language_code", "")
    if code and (len(code) != 2 or not code.isalpha()):
        raise Refused(400, "Bad Request: invalid language code specified")


def commands_of(fields: Fields) -> list[dict[str, str]]:
    """The commands of a menu. Raises Refused."""
    check_language(fields)
    commands: list[dict[str, str]] = json.loads(fields["commands"])
    for command in commands:
        name = command["command"]
        if not (1 <= len(name) <= 32 and name == name.lower() and name.replace("_", "").isalnum()):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
