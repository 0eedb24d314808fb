"""A person with Telegram: what they write, press and share, as the updates that Telegram makes of it."""

import itertools
import json
from collections.abc import Callable
from typing import Any

from tests.botapi.server import BotServer, Sent

_NUMBERS = itertools.count(1)
MOMENT = 1795500000


class Person:
    """Somebody in a private chat with the bot. ``language`` is that of their Telegram, "" for none."""

    def __init__(self, server: BotServer, chat: int, language: str = "fi") -> None:
        self.server = server
        self.chat = chat
        self._user: dict[str, Any] = {"id": chat, "is_bot": False, "first_name": "Maija"}
        if language:
            self._user["language_code"] = language

    async def write(self, text: str) -> Any:
        """Sends a text message; gives the update."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return await self.send({"text": text, **({"entities": entities} if text.startswith("/") else {})})

    async def share(self, lat: float, lon: float) -> Any:
        """Shares a position."""
        return await self.send({"location": {"latitude": lat, "longitude": lon}})

    async def send(self, content: dict[str, Any]) -> Any:
        """Sends any message."""
        return await self._update({"message": self.message(content)})

    def message(self, content: dict[str, Any]) -> dict[str, Any]:
        """A message with this content."""
        chat = {"id": self.chat, "type": "private", "first_name": "Maija"}
        return {
            "message_id": next(_NUMBERS),
            "date": MOMENT,
            "chat": chat,
            "from": self._user,
            **content,
        }

    async def press(self, label: str) -> Any:
        """Presses the latest button with this label. A button of the keyboard sends its words."""
        button, sent = self.button(lambda button: button["text"] == label, label)
        if "callback_data" not in button:
            return await self.write(label)
        return await self.press_data(button["callback_data"], sent)

    async def press_key(self, key: str) -> Any:
        """Presses the latest button with this callback data."""
        button, sent = self.button(lambda button: button.get("callback_data") == key, key)
        return await self.press_data(button["callback_data"], sent)

    async def press_data(self, data: str, sent: Sent | None = None) -> Any:
        """Sends a press with this data, whether there is such a button or not."""
        query = f"q{next(_NUMBERS)}"
        self.server.queries.add(query)
        under = self.message({"message_id": sent.number if sent else 1, "text": sent.text if sent else "x"})
        content = {"id": query, "from": self._user, "message": under, "chat_instance": "77", "data": data}
        return await self._update({"callback_query": content})

    def button(self, wanted: Callable[[Any], bool], name: str) -> tuple[dict[str, Any], Sent]:
        """The latest button that is wanted, and the message under which it stands."""
        for sent in reversed(self.server.to(self.chat)):
            for row in sent.markup.get("inline_keyboard", sent.markup.get("keyboard", [])):
                for button in row:
                    if wanted(button):
                        return button, sent
        raise AssertionError(f"there is no button {name}")

    @property
    def read(self) -> list[str]:
        """Everything that was said to this person."""
        return [sent.text for sent in self.server.to(self.chat)]

    async def _update(self, content: dict[str, Any]) -> Any:
        update = self.server.add(json.loads(json.dumps(content)))
        await self.server.wake()
        return update
