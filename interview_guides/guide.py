"""The way in to the content: the packs, what they hold, and what is wrong in one.

``load_pack()`` gives the pack for residential care homes (HVB); ``check_pack(folder)`` gives its faults with
file and line.
"""

from .content import (
    Area,
    Guide,
    Informant,
    Question,
    Requirement,
    Responsible,
    SeverityAnchor,
    Text,
    Theme,
    Vocabulary,
)
from .faults import BrokenPack, Fault
from .pack import (
    Pack,
    UnknownArea,
    UnknownContent,
    UnknownGuide,
    UnknownRequirement,
    UnknownSeverity,
    UnknownTheme,
)
from .reading import UnknownPack, available_packs, check_pack, load_pack

__all__ = [
    "Area",
    "BrokenPack",
    "Fault",
    "Guide",
    "Informant",
    "Pack",
    "Question",
    "Requirement",
    "Responsible",
    "SeverityAnchor",
    "Text",
    "Theme",
    "UnknownArea",
    "UnknownContent",
    "UnknownGuide",
    "UnknownPack",
    "UnknownRequirement",
    "UnknownSeverity",
    "UnknownTheme",
    "Vocabulary",
    "available_packs",
    "check_pack",
    "load_pack",
]
