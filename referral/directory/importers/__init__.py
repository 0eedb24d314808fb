"""From a source's bytes to offers, and rejections with their reasons."""
