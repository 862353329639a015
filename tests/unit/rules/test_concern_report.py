"""The draft of a report of concern (SoL 19 kap. 1 §): what is known, in order, and nothing that is not."""

from datetime import datetime

from tests.builders import NOW
from tillsyn.inspect.rules.concern_report import Done, Line, Told, compose_report


def report(*told: Told, done: tuple[Done, ...] = ()) -> tuple[Line, ...]:
    return compose_report(
        authority="Exempelinspektionen", home="HVB Eken", municipality="Exempelköping", dnr="2026-00001",
        told=told, done=done, by="Maja Exempelberg", at=NOW,
    )  # fmt: skip


def told(**values: object) -> Told:
    return Told(**{"label": "u1", "source": "b1", "words": "Han låste in mig.", "at": NOW} | values)  # type: ignore[arg-type]


def test_what_was_said_stands_after_who_heard_it_and_when() -> None:
    lines = report(told(heard_by="Tore Påhittsson"))
    words = next(number for number, line in enumerate(lines) if line.said)
    assert lines[words].values == {"words": "Han låste in mig."}
    before = lines[words - 1]
    assert before.text % before.values == f"{NOW}: told by a person (b1 in our case) to Tore Påhittsson:"


def test_where_nobody_is_known_to_have_heard_it_no_place_for_a_name_is_left() -> None:
    lines = report(told())
    before = lines[next(number for number, line in enumerate(lines) if line.said) - 1]
    assert before.text % before.values == f"{NOW}: told by a person (b1 in our case):"


def test_what_we_saw_ourselves_is_said_of_us_and_an_acute_account_is_called_so() -> None:
    lines = report(told(seen=True, acute=True))
    at = next(number for number, line in enumerate(lines) if line.said)
    assert "seen by us" in lines[at - 1].text
    assert "danger or violence" in lines[at + 1].text


def test_who_it_is_about_is_left_for_a_person_to_fill_in() -> None:
    blanks = [line.text for line in report(told()) if line.blank]
    assert any("personal identity number" in text for text in blanks)
    assert not any(
        isinstance(value, str) and value == "b1" for line in report() for value in line.values.values()
    )


def test_without_accounts_the_place_for_what_was_heard_is_left_open() -> None:
    assert any(line.blank and "seen or heard" in line.text for line in report())


def test_each_step_is_told_with_its_time() -> None:
    at = datetime(2026, 3, 10, 10, 0, tzinfo=NOW.tzinfo)
    lines = report(told(), done=(Done("The social services were told", at, "Jouren svarade."),))
    assert any(at in line.values.values() for line in lines)
    assert any("Jouren svarade." in str(line.values) for line in lines)
