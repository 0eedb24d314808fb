"""The ways a person reaches the conversation."""
