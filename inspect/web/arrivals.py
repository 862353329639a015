"""What devices have sent for a case is taken into it before anybody looks at it or writes in it."""

from flask import request

from ..services.take_in_arrivals import has_arrivals, take_in_safely
from .database import SAFE_METHODS, db, now, writing

AT_A_TIME = 2
"""Batches in one transaction, so that others need not wait long for their turn to write."""


def take_in_first(dnr: str) -> None:
    """Of the case with this number. A fault there is logged, and shuts nobody out from the case."""
    if not has_arrivals(db(), dnr):
        return
    if request.method not in SAFE_METHODS:
        take_in_safely(db(), dnr=dnr, now=now())
        return
    more = True
    while more:
        with writing() as own:
            more = bool(take_in_safely(own, dnr=dnr, now=now(), most=AT_A_TIME))
    db().commit()  # what was read before belongs to what is now past
