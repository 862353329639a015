"""The example data: invented people, homes and cases, made through the same use cases as real ones.

`load_demo` is the way in. Dates follow the moment of loading: a visit goes on today, answers are due
in the coming weeks. The inspections stand in `inspection-*.json`, in the format tillsyn-inspection/1.
"""

from .loading import is_loaded, load_demo
from .people import ACCOUNTS, PASSWORD

__all__ = ["ACCOUNTS", "PASSWORD", "is_loaded", "load_demo"]
