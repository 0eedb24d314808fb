"""How does a conversation go? Dialogue, channels, settings, command line."""
