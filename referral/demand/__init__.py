"""What was asked, as counts that cannot point at a person."""
