"""The weighing method HVB-VM 1.0: children's accounts weighed against compliance checks.

Pure: no clock, no database, no floating point. See docs/method.md.
"""

from .circumstances import BindingCeiling, DecidingCircumstances, Majority, deciding_circumstances
from .contract import result_as_json
from .decoding import case_from_json
from .inputs import Case, Catalogue, Check, Coding, Inspection, Interview
from .parsing import parse_case
from .reading import Fault, UnusableCase
from .results import AreaResult, ConfidenceParts, Gap, Margin, PairDivergence, Stamp, ThemeGap, Weighing
from .scales import (
    SEVERITY_TITLES,
    ActionTrack,
    Basis,
    Ceiling,
    CheckResult,
    Confidence,
    Divergence,
    GapClass,
    Perspective,
    Position,
    Resolution,
    Status,
    Word,
)
from .severity import ActiveCoding, RequirementResult, deviation_severity
from .stamp import config_hash, input_hash
from .trace import TraceRow, replay
from .weigh import weigh

__all__ = [
    "SEVERITY_TITLES",
    "ActionTrack",
    "ActiveCoding",
    "AreaResult",
    "Basis",
    "BindingCeiling",
    "Case",
    "Catalogue",
    "Ceiling",
    "Check",
    "CheckResult",
    "Coding",
    "Confidence",
    "ConfidenceParts",
    "DecidingCircumstances",
    "Divergence",
    "Fault",
    "Gap",
    "GapClass",
    "Inspection",
    "Interview",
    "Majority",
    "Margin",
    "PairDivergence",
    "Perspective",
    "Position",
    "RequirementResult",
    "Resolution",
    "Stamp",
    "Status",
    "ThemeGap",
    "TraceRow",
    "UnusableCase",
    "Weighing",
    "Word",
    "case_from_json",
    "config_hash",
    "deciding_circumstances",
    "deviation_severity",
    "input_hash",
    "parse_case",
    "replay",
    "result_as_json",
    "weigh",
]
