"""Lets the tests run in a checkout that nobody installed: `tillsyn` is then this folder."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

if importlib.util.find_spec("tillsyn") is None:
    sys.modules["tillsyn"] = ModuleType("tillsyn")
    sys.modules["tillsyn"].__path__ = [str(Path(__file__).parent)]
