"""How a worker tells what it does: a line for each kind of work that did something, and figures.

A line is `job` with its name, how many were done and failed, and milliseconds; of a fault its type and place
in the code. No case, no person, no address and no message of an error (docs/decisions/0017-….md).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter

from ..outside.log_lines import WORKER, lines_to_standard_error
from ..outside.worker_figures import Job, count_work
from ..services.measure_waiting import Waiting
from ..settings import Settings

log = logging.getLogger(WORKER)


class JobLines:
    """One worker's lines and figures; `told` counts a round where figures are wanted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._round: list[Job] = []

    @contextmanager
    def job(self, name: str) -> Iterator[Job]:
        """The work of one kind; who does it counts in what is given. A fault is counted, and goes on up."""
        job, began = Job(name), perf_counter()
        try:
            yield job
        except Exception:
            job.failed += 1
            raise
        finally:
            job.seconds = perf_counter() - began
            self._round.append(job)
            if job.done or job.failed:
                told = {
                    "job": name,
                    "done": job.done,
                    "failed": job.failed,
                    "ms": round(job.seconds * 1000, 1),
                }
                log.log(logging.WARNING if job.failed else logging.INFO, "job", extra={"fields": told})

    def end_round(self, now: datetime) -> None:
        """Count what the round did, where figures are wanted (TILLSYN_METRICS_TOKEN)."""
        done, self._round = self._round, []
        if self._settings.metrics_token is None:
            return
        try:
            count_work(self._settings.instance, done, at=now)
        except OSError as fault:  # a full disk stops no work
            log.error("the figures were not counted", exc_info=fault)

    def tell_waiting(self, waiting: Waiting) -> None:
        """A line on what is left to do."""
        told = {
            "mails": waiting.mails, "oldest_mail_s": round(waiting.oldest_mail),
            "arrivals": waiting.arrivals, "oldest_arrival_s": round(waiting.oldest_arrival),
            "disposals": waiting.disposals,
        }  # fmt: skip
        log.info("waiting", extra={"fields": told})


@contextmanager
def job_lines(settings: Settings) -> Iterator[JobLines]:
    """Lines to standard error for as long as the block lasts, in the form that is set."""
    with lines_to_standard_error(settings.log):
        yield JobLines(settings)
