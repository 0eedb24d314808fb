"""What do we say? Texts and their catalogues."""
