"""Two hundred answers at once, over the network, to a server with threads: none is lost and none is double."""

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.builders import make_inspection
from tests.survey_cases import opened
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.services.open_survey import codes_left
from tillsyn.inspect.services.survey_tally import open_tally
from tillsyn.models.surveys import Survey, SurveyResult
from tillsyn.models.vocabulary import State

ANSWERS = 200
SENT_TWICE = 40
AT_A_TIME = 16

pytestmark = pytest.mark.slow


class Silent(WSGIRequestHandler):
    """A line for each request would be most of what a failure shows."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture
def port(app: Tillsyn) -> Iterator[int]:
    """The application on a port of its own, a thread for each request."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    served = threading.Thread(target=server.serve_forever)
    served.start()
    yield server.server_port
    server.shutdown()
    served.join()
    server.server_close()


def send(port: int, code: str, **given: str) -> tuple[int, bytes]:
    """Status and body of one form sent, on a connection of its own, as a telephone sends it."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    there.request(
        "POST",
        "/survey/answers?language=sv",
        urlencode({"code": code, **given}),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    answer = there.getresponse()
    body = answer.read()
    there.close()
    return answer.status, body


def test_two_hundred_at_once_some_sent_twice_are_two_hundred(app: Tillsyn, db: Session, port: int) -> None:
    """Some are sent twice at the same time, as by a thumb that trembles: one of the two is refused."""
    now = datetime.now(UTC)
    survey, codes = opened(
        db, make_inspection(db, state=State.PREPARED, children=0), children=ANSWERS, number=ANSWERS, now=now
    )
    db.commit()
    sent = [(code, str(1 + number % 6)) for number, code in enumerate(codes)]
    twice = [sent[number // 2] for number in range(2 * SENT_TWICE)] + sent[SENT_TWICE:]
    with ThreadPoolExecutor(AT_A_TIME) as people:
        statuses = Counter(people.map(lambda one: send(port, one[0], S01=one[1], S11=one[0])[0], twice))
    assert statuses == {303: ANSWERS, 422: SENT_TWICE}
    db.expire_all()
    tally = open_tally(db.scalars(select(SurveyResult)).one())
    assert tally.answers == ANSWERS
    assert tally.counts["S01"] == tuple(sum(face == str(n) for _, face in sent) for n in range(1, 7))
    assert sorted(tally.texts["S11"]) == sorted(codes), "each text once"
    assert list(tally.texts["S11"]) != list(codes), "in another order than they came"
    assert codes_left(db, db.get_one(Survey, survey.id)) == 0
