"""How wide the columns of a table are, in every form of a letter."""

from .blocks import Grid


def column_shares(block: Grid) -> list[float]:
    """The share of the width for each column: more for longer text, but none so narrow that words break."""
    columns = zip(block.headings, *block.rows, strict=True)
    longest = [max(len(cell) for cell in column) for column in columns]
    wishes = [min(max(length, 10), 110) ** 0.75 for length in longest]
    return [wish / sum(wishes) for wish in wishes]
