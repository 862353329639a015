"""How the guard reads a text: sentences, folding, places, masks; and what stands over what."""

from datetime import date

import pytest

from tillsyn.inspect.rules.reidentification import Guard, Known, Mark, Passage, Roster, Who, Withheld, guard
from tillsyn.inspect.rules.reidentification.lexicon import entries, read_lexicon
from tillsyn.inspect.rules.reidentification.text import numberless

LEXICON = read_lexicon()
KEVIN = Roster(people=(Known("Kevin", Who.CHILD), Known("b1", Who.LABEL)))


def marks(text: str, roster: Roster = KEVIN, language: str = "sv") -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.words) for mark in Guard(roster, LEXICON).look(Passage(text, language))]


def only(text: str, roster: Roster = KEVIN) -> Mark:
    [mark] = guard(text, roster, LEXICON)
    return mark


@pytest.mark.parametrize("written", ["Ke\u00advin", "Ke\u200bvin", "KEVIN", "Kevi\u0301n", "\uff2bevin"])
def test_a_name_is_found_however_its_letters_are_coded(written: str) -> None:
    mark = only(f"Vi såg {written} här.")
    assert (mark.kind, mark.words) == ("roster", written)


def test_the_place_of_a_mark_is_that_of_the_given_text() -> None:
    text = "Ho\u00adn och  Kevin\u00a0gick."
    mark = next(one for one in guard(text, KEVIN, LEXICON) if one.kind == "roster")
    assert text[mark.start : mark.end] == "Kevin"


def test_blanks_and_a_broken_line_do_not_hide_a_count() -> None:
    assert marks("Tre  av\u00a0de\nfem barnen sa det.") == [("few", "Tre  av\u00a0de\nfem barnen")]


def test_digits_of_another_script_are_digits() -> None:
    number = "".join(chr(0x660 + int(sign)) if sign.isdigit() else sign for sign in "070-123 45 67")
    assert marks(f"Ring {number}.", language="ar") == [("identifier", number)]


def test_a_letter_in_another_language_is_looked_through_for_numbers_and_names_of_the_case() -> None:
    assert marks("مرحبا Kevin, 070-123 45 67", language="ar") == [
        ("roster", "Kevin"),
        ("identifier", "070-123 45 67"),
    ]


def test_the_sentence_of_a_mark_is_the_one_it_stands_in() -> None:
    text = "Se 7 kap. 1 § SoL, t.ex. om hälsa. Där stod b1. Sedan gick vi."
    assert only(text).sentence == "Där stod b1."


def test_what_everybody_may_know_is_not_marked_but_a_name_of_the_case_is() -> None:
    roster = Roster(people=(Known("Nora", Who.CHILD),), phrases=("Villa Nora", "Nora", "Maja Ek"))
    assert marks("Villa Nora tackade Maja Ek.", roster) == []
    assert marks("Vi såg att Nora grät.", roster) == [("roster", "Nora")]
    assert marks("Vi såg att Maja kom.", roster) == [("name", "Maja")]


def test_days_of_the_case_are_no_secret_and_others_are() -> None:
    roster = Roster(dates=frozenset({date(2026, 3, 3)}))
    assert marks("Vi kom den 3 mars 2026 och gick den 4 mars.", roster) == [("date", "den 4 mars")]
    assert marks("We came on 3 March and left 2026-03-04.", roster, "en") == [("date", "2026-03-04")]


def test_sentences_of_the_wording_are_passed_over_and_a_number_in_them_too() -> None:
    roster = Roster(standing=frozenset({"Alla {total} barn fick frågan.", "Hur mår ett barn som tiger?"}))
    assert marks("Alla fem barn fick frågan. Hur mår ett barn som tiger?", roster) == []
    assert marks("Alla fem barn fick inte frågan.", roster) == [("few", "Alla fem barn")]
    assert numberless("Alla {total} barn") == numberless("Alla  tolv barn") == "Alla # barn"


def test_the_own_municipality_is_marked_in_the_text_and_with_other_words() -> None:
    [own, other] = guard("Hemmet i Sala tar emot barn från Umeå.", Roster(municipality="Sala"), LEXICON)
    assert (own.words, own.weight.value) == ("Sala", "look")
    assert (other.words, other.weight.value) == ("Umeå", "likely")
    assert own.why != other.why


def test_a_court_is_no_place_that_somebody_comes_from() -> None:
    assert marks("Förvaltningsrätten i Umeå prövar det.") == []


def test_words_that_somebody_did_not_want_told_are_found_and_weighed_by_the_wish() -> None:
    told = "De låste in mig i tvättstugan hela natten."
    general = Roster(withheld=(Withheld(told),))
    never = Roster(withheld=(Withheld(told, not_at_all=True),))
    text = "Någon blev inlåst i tvättstugan hela natten."
    assert [(one.kind.value, one.weight.value) for one in guard(text, general, LEXICON)] == [
        ("wish", "likely")
    ]
    assert [(one.kind.value, one.weight.value) for one in guard(text, never, LEXICON)] == [
        ("wish", "certain")
    ]
    assert marks("De låste in sakerna i ett skåp.", general) == []


def test_marks_of_one_word_belong_together_in_every_inflection() -> None:
    found = guard("Kevin sa ja. Sedan såg vi Kevins rum och Kevni igen.", KEVIN, LEXICON)
    assert len(found) == 3 and len({mark.group for mark in found}) == 1


def test_a_short_name_is_not_taken_for_another_and_lower_case_words_are_words() -> None:
    roster = Roster(people=(Known("Bo", Who.CHILD), Known("Ali", Who.CHILD)))
    assert marks("Barn ska bo bra och alla ska med.", roster) == []
    assert marks("Sedan fick Bo mat, och Ali.", roster) == [("roster", "Bo"), ("roster", "Ali")]


def test_every_municipality_is_there_once() -> None:
    municipalities = entries("municipalities")
    assert len(municipalities) == len(set(municipalities)) == 290
    for name in ("Upplands Väsby", "Dals-Ed", "Malung-Sälen", "Östra Göinge", "Övertorneå", "Gotland"):
        assert marks(f"Familjen flyttade till {name} i våras.") == [("place", name)], name


def test_the_lists_have_a_source_and_a_licence_and_the_forbidden_one_is_not_among_them() -> None:
    from tillsyn.inspect.rules.reidentification.lexicon import LISTS

    told = (LISTS / "SOURCES.md").read_text(encoding="utf-8")
    for file in ("first_names", "last_names", "municipalities", "countries"):
        assert f"`{file}.txt`" in told
    assert "must not be" in told
    for licence in ("LICENSE-faker", "LICENSE-faker-js"):
        assert "Permission is hereby granted" in (LISTS / licence).read_text(encoding="utf-8")


def test_an_empty_text_and_a_long_word_are_looked_through() -> None:
    assert marks("") == []
    assert marks("  \n ") == []
    assert marks("x" * 20_000) == []
    assert marks("Kevin" * 4_000)[0][0] == "roster"
