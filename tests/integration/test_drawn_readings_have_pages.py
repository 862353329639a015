"""The readings that wait to be looked at have pages, an order, and are chosen by why they were drawn."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.see_log_review import see_log_review
from tillsyn.models.log_review import DrawnFor, LogDraw, LogSample
from tillsyn.models.vocabulary import Role


def test_drawn_readings_have_pages_and_are_chosen_by_reason(db: Session, client: Browsing) -> None:
    reviewer = make_user(db, Role.LOG_REVIEWER)
    readers = [make_user(db, Role.INSPECTOR, name=name) for name in ("Örn Ö", "Anna A")]
    draw = LogDraw(
        drawn_by_id=reviewer.id, drawn_at=NOW, first_on=NOW.date(), last_on=NOW.date(), readings=99, found={}
    )
    db.add(draw)
    db.flush()
    for number in range(53):
        reason = DrawnFor.NIGHT if number == 7 else DrawnFor.RANDOM
        db.add(
            LogSample(
                draw_id=draw.id, actor_id=readers[number % 2].id, day=NOW.date() - timedelta(days=number),
                events=1, reasons=[reason.value],
            )
        )  # fmt: skip
    db.commit()
    actor = acting(reviewer)

    def read_by(order: Order, page: int) -> list[tuple[str, date]]:
        seen = see_log_review(db, actor=actor, order=order, page=page, now=NOW).waiting
        return [(card.reader, card.sample.day) for card in seen.rows]

    first, second = read_by(Order("day"), 1), read_by(Order("day"), 2)
    assert (len(first), len(second)) == (50, 3) and len({*first, *second}) == 53
    assert [day for _, day in (*first, *second)] == sorted(day for _, day in (*first, *second))
    assert read_by(Order("reader"), 1)[0][0] == "Anna A"
    at_night = see_log_review(db, actor=actor, reason=DrawnFor.NIGHT, now=NOW).waiting
    assert at_night.total == 1
    client.sign_in_as(reviewer)
    assert "Sida 2 av 2" in client.get("/log/review?page=2&sort=-day").text
    assert "Sida" not in client.get("/log/review?reason=night").text
    assert "Inget väntar av det skälet" in client.get("/log/review?reason=many_cases").text
