"""The method over many inspections at once, with arrays (method §9).

The same rules as `weighing`, for a hundred thousand stored inspections: for a new method version,
for trying a change of rule, and for audit. `weigh` is the truth; a test holds the two together on
random inspections. The decisive step is one lookup in the table made from the rule itself.
Loads NumPy, so it is imported where it is used and nowhere else.
"""

from .catalogue import CatalogueArrays, arrays_of
from .columns import Columns, columns_of
from .weigh_columns import AreaColumns, weigh_columns

__all__ = ["AreaColumns", "CatalogueArrays", "Columns", "arrays_of", "columns_of", "weigh_columns"]
