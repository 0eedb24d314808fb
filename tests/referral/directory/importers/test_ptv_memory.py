"""A whole register is read without ever being held: files are made when they are come to, and let go."""

import gc
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, overload

from referral.directory.importers.imported import File, Means
from referral.directory.importers.ptv.register import register_of
from tests.referral.supply import atlas, catalog
from tests.registers.finland import LINE, PLACE, Register, channel_id

SERVICES = 300
A_FILE = 50


def files_alive() -> int:
    """How many files are held by anybody."""
    return sum(type(one) is File for one in gc.get_objects())


class Whole(Sequence[File]):
    """Every channel of a register, then every service: the order that makes reading hardest."""

    def __init__(self) -> None:
        self.register = Register(SERVICES)
        self.channels = [channel_id(number, kind) for number in range(SERVICES) for kind in (PLACE, LINE)]
        self.before = self.most = files_alive()

    def __len__(self) -> int:
        return (len(self.channels) + SERVICES) // A_FILE

    @overload
    def __getitem__(self, index: int) -> File: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[File]: ...
    def __getitem__(self, index: int | slice) -> File | Sequence[File]:
        assert isinstance(index, int)
        if not 0 <= index < len(self):
            raise IndexError
        first = index * A_FILE
        channels: list[Any] = [self.register.channel(id) for id in self.channels[first : first + A_FILE]]
        services = [self.register.service(one - len(self.channels)) for one in range(first, first + A_FILE)]
        content = json.dumps(channels or services).encode()
        self.most = max(self.most, files_alive())
        return File(f"{index}.json", content)


def test_a_whole_register_is_never_held() -> None:
    whole = Whole()
    register, rejections = register_of(whole, Means.of(catalog(), atlas(), {}, date(2026, 11, 22)))
    assert rejections == []
    assert len(register.choices) == SERVICES
    assert len(register.services) == whole.register.taken
    assert len(register.channels) == len(register.named) == 2 * whole.register.taken
    # Where the next file is made, the last one is still in its reader's hands, and no other is.
    assert whole.most == whole.before + 1
