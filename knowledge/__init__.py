"""What is the world called? Needs, places, languages, and personal data in text."""
