"""The situation picture: what was asked for, as it was released, beside what the directory offers. Pure."""
