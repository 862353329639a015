"""How many devices are sending to this process at the same moment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_sending: set[object] = set()


@contextmanager
def arriving() -> Iterator[bool]:
    """For as long as one device sends. Do others send just now too?"""
    mine = object()
    with _lock:
        _sending.add(mine)
        others_too = len(_sending) > 1
    try:
        yield others_too
    finally:
        with _lock:
            _sending.discard(mine)


def is_busy() -> bool:
    """Are devices sending just now?"""
    return bool(_sending)
