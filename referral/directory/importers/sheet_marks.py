"""How a workbook is known, and the column in which we write into it: what needs no workbook library."""

MARKS = "korjattavaa / att rätta / to correct"
"""The heading of the column that names what is wrong; it is passed over when the sheet comes back."""


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as an XLSX file does."""
    return content[:4] == b"PK\x03\x04"
