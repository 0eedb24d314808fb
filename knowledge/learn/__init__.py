"""Build steps: make the committed weights from committed sources. Never imported while serving."""
