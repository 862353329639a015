"""Figures for Prometheus: how much is asked and how it is answered, what waits, nothing about anybody.

A label is the name of an endpoint, of a method or of an area of the site, or a status; never an address, a
case or a person. Without TILLSYN_METRICS_TOKEN there is no such page, nothing is counted, and the library is
not loaded.
"""

import hmac
import os
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from ...models.reached_rows import SYSTEM
from ..outside.log_heads import latest_head
from ..outside.worker_figures import WorkDone, work_done
from ..rules.access import Permission
from ..services.check_readiness import check_readiness
from ..services.measure_waiting import Waiting, measure_waiting
from .access import access
from .database import db, now, reach_for
from .session import settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

NOWHERE = "none"
"""Asked for an address that is none of ours."""
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"})
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
TEXT = "text/plain; version=0.0.4; charset=utf-8"

metrics = Blueprint("metrics", __name__)


def init_app(app: Flask) -> None:
    """Count requests, and answer /metrics, where a token is set."""
    if _token_of(app) is None:
        return
    from prometheus_client import CollectorRegistry, Counter, Histogram

    registry = CollectorRegistry()
    requests = Counter(
        "tillsyn_requests", "Requests answered.", ("endpoint", "method", "status"), registry=registry
    )
    seconds = Histogram(
        "tillsyn_request_seconds", "Time to answer.", ("area",), buckets=SECONDS, registry=registry
    )
    app.extensions["tillsyn_metrics"] = registry

    @app.before_request
    def begin() -> None:
        g.asked_at = perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or NOWHERE
        method = request.method if request.method in METHODS else NOWHERE
        requests.labels(endpoint, method, str(response.status_code)).inc()
        if "asked_at" in g:
            seconds.labels(endpoint.split(".")[0]).observe(perf_counter() - g.asked_at)
        return response

    app.register_blueprint(metrics)


def _token_of(app: Flask) -> str | None:
    token: str | None = app.config["SETTINGS"].metrics_token
    return token


@metrics.get("/metrics")
@access(Permission.SIGN_IN)
def figures() -> Response:
    """In Prometheus' text format, for who has the token."""
    wanted = f"Bearer {settings().metrics_token}".encode()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted):
        return Response("the token is missing or another\n", 401, {"WWW-Authenticate": "Bearer"})
    from prometheus_client import generate_latest

    counted = _counted(current_app.extensions["tillsyn_metrics"])
    return Response(generate_latest(counted) + generate_latest(_found()), content_type=TEXT)


def _counted(own: "CollectorRegistry") -> "CollectorRegistry":
    """What all processes of this server have counted together; `own` where there is one process only."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return own
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


class _Gauges:
    """What is asked of the database in the moment, as Prometheus' collectors give it."""

    def __init__(self, ready: bool, waiting: Waiting | None, kept: float | None) -> None:
        self._values = [("tillsyn_ready", "1 when requests can be answered.", float(ready))]
        if kept is not None:
            about = "Since the end of the log was last kept outside the database."
            self._values.append(("tillsyn_log_kept_age_seconds", about, kept))
        if waiting is None:
            return
        self._values += [
            ("tillsyn_mails_waiting", "Mails that are due and have not left.", waiting.mails),
            ("tillsyn_oldest_mail_seconds", "How long the oldest of them is overdue.", waiting.oldest_mail),
            ("tillsyn_arrivals_waiting", "Rows of notes to be taken into cases.", waiting.arrivals),
            ("tillsyn_oldest_arrival_seconds", "How long the oldest has waited.", waiting.oldest_arrival),
            ("tillsyn_disposals_waiting", "Disposals that are decided on and not done.", waiting.disposals),
        ]
        if waiting.newest_event is not None:
            self._values.append(
                ("tillsyn_log_head_age_seconds", "Since the newest line of the log.", waiting.newest_event)
            )

    def collect(self) -> "list[object]":
        from prometheus_client.core import GaugeMetricFamily

        return [GaugeMetricFamily(name, about, value) for name, about, value in self._values]


def _found() -> "CollectorRegistry":
    from prometheus_client import CollectorRegistry

    waiting = None
    reach_for(None, SYSTEM)  # counts and ages only
    ready = check_readiness(db()).is_ready
    if ready:
        try:
            waiting = measure_waiting(db(), now=now())
        except SQLAlchemyError:
            ready = False
    found = CollectorRegistry()
    found.register(_Gauges(ready, waiting, _kept_age()))  # type: ignore[arg-type]
    found.register(_Worker(work_done(settings().instance)))  # type: ignore[arg-type]
    return found


class _Worker:
    """What the workers of this machine have counted (commands/job_lines.py)."""

    def __init__(self, done: WorkDone) -> None:
        self._done = done
        self._age = None if done.at is None else max(0.0, (now() - done.at).total_seconds())

    def collect(self) -> "Iterator[object]":
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        if self._age is None:
            return
        about = "Since a worker of this machine last ended a round."
        yield GaugeMetricFamily("tillsyn_worker_age_seconds", about, self._age)
        jobs = CounterMetricFamily(
            "tillsyn_worker_jobs", "Work done by the worker.", labels=("job", "outcome")
        )
        seconds = CounterMetricFamily("tillsyn_worker_seconds", "Time that it took.", labels=("job",))
        for one in self._done.jobs:
            jobs.add_metric((one.name, "done"), one.done)
            jobs.add_metric((one.name, "failed"), one.failed)
            seconds.add_metric((one.name,), one.seconds)
        yield jobs
        yield seconds


def _kept_age() -> float | None:
    """Seconds since the end of the log was last kept outside the database; None when it never was."""
    try:
        head = latest_head(settings().log_heads)
    except OSError:  # it lies where this process may not read
        return None
    return None if head is None else max(0.0, (now() - head.at).total_seconds())
