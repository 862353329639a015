"""The tables of the domain. Importing this package makes `Base.metadata` whole."""

from . import assessments, decisions, events, inspections, interviews, letters, people, register
from .base import Base

__all__ = [
    "Base",
    "assessments",
    "decisions",
    "events",
    "inspections",
    "interviews",
    "letters",
    "people",
    "register",
]
