"""How firmly each position of a weighing stands, computed once for each evidence (method §2.14).

The tests weigh an area again for every coding and every source, which takes longer than the weighing
itself. What they say depends on the evidence and the method alone, so it is kept under their stamp.
"""

from collections import OrderedDict
from collections.abc import Mapping

from ..rules.weighing.sensitivity import Sensitivity, sensitivity_of
from .weigh_inspection import Weighed

MOST_KEPT = 64

_kept: OrderedDict[tuple[str, str, str], Mapping[str, Sensitivity]] = OrderedDict()


def see_sensitivity(found: Weighed) -> Mapping[str, Sensitivity]:
    """The sensitivity of every area that has a position."""
    stamp = found.result.stamp
    key = (stamp.version, stamp.config_hash, stamp.input_hash)
    if key not in _kept:
        _kept[key] = sensitivity_of(found.case.catalogue, found.case.inspection, found.result)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]
