"""The way in to the content: the packs, what they hold, and what is wrong in one.

``load_pack(id)`` gives a pack, ``pack_cards()`` what a list of them shows, ``check_pack(folder)`` the faults
of one with file and line.
"""

from .conditions import Condition, KnownOfTalk, is_asked
from .content import (
    Activity,
    Area,
    Change,
    FollowUp,
    Gate,
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
from .folders import check_pack, check_packs
from .pack import (
    Pack,
    UnknownArea,
    UnknownContent,
    UnknownGuide,
    UnknownRequirement,
    UnknownSeverity,
    UnknownTheme,
)
from .reading import (
    PackCard,
    UnknownPack,
    activities,
    available_packs,
    default_pack,
    load_pack,
    pack_cards,
    packs_for,
)

__all__ = [
    "Activity",
    "Area",
    "BrokenPack",
    "Change",
    "Condition",
    "Fault",
    "FollowUp",
    "Gate",
    "Guide",
    "Informant",
    "KnownOfTalk",
    "Pack",
    "PackCard",
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
    "activities",
    "available_packs",
    "check_pack",
    "check_packs",
    "default_pack",
    "is_asked",
    "load_pack",
    "pack_cards",
    "packs_for",
]
