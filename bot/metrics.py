"""What the operator may watch: how many turns, how fast, how they ended. No ids, no places, no words."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Of ``Metrics.page``."""


class Metrics:
    """The program's measurements, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "digituki_turns",
            "Turns by channel and by how they ended: answered, repeated, forgotten, fault or unavailable.",
            ("channel", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "digituki_turn_seconds",
            "Seconds from hearing to having answered, by channel.",
            ("channel",),
            registry=self._registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
        )

        self._set_aside = Counter(
            "digituki_updates_set_aside",
            "Telegram updates that led to no turn: unreadable, passed_over or fault.",
            ("reason",),
            registry=self._registry,
        )
        self._sent = Counter(
            "digituki_messages",
            "Telegram messages by what became of them: sent, plainly, too_many, failed, gone, set_aside "
            "or fault.",
            ("outcome",),
            registry=self._registry,
        )

    def turn(self, channel: str, outcome: str, seconds: float) -> None:
        """Notes one turn. ``channel`` is a name from ``bot.channels``."""
        self._turns.labels(channel, outcome).inc()
        self._seconds.labels(channel).observe(seconds)

    def set_aside(self, reason: str) -> None:
        """Notes one update that led to no turn."""
        self._set_aside.labels(reason).inc()

    def sent(self, outcome: str) -> None:
        """Notes what became of one message."""
        self._sent.labels(outcome).inc()

    def page(self) -> bytes:
        """Everything measured, in Prometheus' text format."""
        return generate_latest(self._registry)
