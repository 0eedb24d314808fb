"""Who can help, and what was asked? Directory, matching, demand."""
