"""One file a step of the conversation, each from (state, heard, world) to a turn."""
