"""What is flagged as leading, double or a forced choice, and good questions that must never be."""

import pytest

from tillsyn.interview_guides.asking import (
    faults_of_asking,
    is_closed,
    is_double,
    is_forced_choice,
    is_leading,
)

LEADING = [
    ("sv", "Det är väl tråkigt här, eller hur?"),
    ("sv", "Visst är det roligt här?"),
    ("sv", "Du har det nog bra här?"),
    ("sv", "Är det nog bättre på natten?"),
    ("sv", "Är det väl tryggt här?"),
    ("sv", "Personalen är snäll, väl?"),
    ("sv", "Tycker du inte att maten är god?"),
    ("sv", "Är det inte bra att personalen frågar?"),
    ("sv", "Har inte ni en rutin för det?"),
    ("sv", "Borde ni inte ha skrivit upp det?"),
    ("sv", "Om någon är ledsen, får du inte ringa då?"),
    ("sv", "Varför har du inte sagt något?"),
    ("sv", "Varför frågade du inte någon vuxen?"),
    ("sv", "Varför är personalen så sträng?"),
    ("sv", "Du vet ju vem som bestämmer. Vem är det?"),
    ("sv", "Hur rädd blir du på natten?"),
    ("sv", "Hur dålig är maten?"),
    ("sv", "Hur ofta skriker personalen?"),
    ("sv", "Vem är det som slår?"),
    ("sv", "Självklart får du ringa hem, hur går det till?"),
    ("sv", "När slutade ni låsa köket?"),
    ("sv", "Håller du med om att det är lugnt här?"),
    ("en", "You like it here, don't you?"),
    ("en", "Don't you have fun here?"),
    ("en", "Aren’t the staff kind?"),
    ("en", "Surely someone helps you?"),
    ("en", "The food is good, right?"),
    ("en", "Of course you may call home, how is that done?"),
    ("en", "Why didn't you tell anyone?"),
    ("en", "Why did you not tell anyone?"),
    ("en", "Why are the staff so strict?"),
    ("en", "How scared are you at night?"),
    ("en", "How often do the staff shout?"),
    ("en", "Do you agree that it is calm here?"),
]

DOUBLE = [
    ("sv", "Vad är roligast? Vad är tråkigast?"),
    ("sv", "Vad hände och hur kändes det?"),
    ("sv", "Berätta vad som hände och vem som var med."),
    ("sv", "Trivs du här och känner du dig trygg?"),
    ("sv", "Får du ringa hem och i så fall när?"),
    ("sv", "Vad är bäst här, och varför?"),
    ("sv", "Vad gör du, vem hjälper dig?"),
    ("sv", "Vad gör de vuxna eller vad säger de?"),
    ("sv", "Berätta om maten. Berätta om rummet."),
    ("sv", "Berätta om maten och beskriv köket."),
    ("sv", "Bestämmer du själv eller bestämmer personalen?"),
    ("en", "What is fun? What is not?"),
    ("en", "What happened and how did it feel?"),
    ("en", "Tell me what happened and who was there, and how it ended."),
    ("en", "Do you like it here and are you safe?"),
    ("en", "May you call home and if so when?"),
    ("en", "What is best here, and why?"),
    ("en", "Do you decide or do the staff decide?"),
    ("en", "Tell me about the food. Describe the kitchen."),
    ("en", "Tell me about the food and describe the kitchen."),
]

FORCED = [
    ("sv", "Är maten bra eller dålig?"),
    ("sv", "Är personalen sträng eller snäll?"),
    ("sv", "Trivs du här eller inte?"),
    ("en", "Is the food good or bad?"),
    ("en", "Do you like it here or not?"),
]

GOOD = [
    ("sv", "Berätta om en vanlig dag här, från att du vaknar tills du somnar."),
    ("sv", "Rita eller berätta var i huset du känner dig tryggast."),
    ("sv", "Var eller när känns det inte bra?"),
    ("sv", "När och hur får barnen veta det?"),
    ("sv", "Vem gör vad på en kväll?"),
    ("sv", "Vad får du inte göra här?"),
    ("sv", "Vad har du inte fått veta?"),
    ("sv", "Vad händer om någon inte vill?"),
    ("sv", "Hur vet du att du har fått nog med mat?"),
    ("sv", "Har du nog med tid för läxorna?"),
    ("sv", "När är det nog?"),
    ("sv", "Berätta om ett visst tillfälle då det gick bra."),
    ("sv", "Hur gör ni så att alla blir väl bemötta?"),
    ("sv", "Vem här känner dig väl?"),
    ("sv", "Är barnen väl insatta i reglerna?"),
    ("sv", "Hur pratar var och en om det?"),
    ("sv", "Vad är bra och dåligt med rummet?"),
    ("sv", "Vad har blivit bättre eller sämre sedan sist?"),
    ("sv", "Har du sett eller hört något sådant?"),
    ("sv", "Vem kan du gå till om du är ledsen eller arg?"),
    ("sv", "När du vaknar på natten, vad gör du då?"),
    ("sv", "Om du fick bestämma, vad skulle du ändra på?"),
    ("sv", "Hur ofta pratar du med din socialsekreterare?"),
    ("sv", "Hur trygg känner du dig här på natten?"),
    ("sv", "Varför tror du att det inte blev av?"),
    ("sv", "Berätta om kvällen och natten här."),
    ("sv", "Vad gör ni när ett barn och en vuxen blir oense?"),
    ("sv", "Ju mer du får bestämma, vad händer då?"),
    ("sv", "Förklara hur och när läkemedel ges."),
    ("sv", "Vad säger personalen och de andra barnen om det?"),
    ("en", "Tell me about an ordinary day here, from when you wake up until you fall asleep."),
    ("en", "Where or when does it not feel good?"),
    ("en", "What are you not allowed to do here?"),
    ("en", "What don't you want us to tell the adults?"),
    ("en", "How do they respect your language, your faith or who you are?"),
    ("en", "When and how are the children told?"),
    ("en", "Have you seen or heard anything like that?"),
    ("en", "Is that right?"),
    ("en", "Did I understand you right?"),
    ("en", "What is good and bad about the room?"),
    ("en", "What has become better or worse since last time?"),
    ("en", "If you could decide, what would you change?"),
    ("en", "How safe do you feel here at night?"),
    ("en", "Why do you think it did not happen?"),
    ("en", "What rights do children have here?"),
    ("en", "Who can you go to when you are sad or angry?"),
    ("en", "What do the staff and the other children say about it?"),
    ("en", "Draw or tell me where in the house you feel safest."),
]


@pytest.mark.parametrize(("language", "words"), LEADING)
def test_a_leading_question_is_flagged(language: str, words: str) -> None:
    assert is_leading(words, language)


@pytest.mark.parametrize(("language", "words"), DOUBLE)
def test_two_questions_in_one_are_flagged(language: str, words: str) -> None:
    assert is_double(words, language)


@pytest.mark.parametrize(("language", "words"), FORCED)
def test_a_forced_choice_is_flagged(language: str, words: str) -> None:
    assert is_forced_choice(words, language)


@pytest.mark.parametrize(("language", "words"), GOOD)
def test_a_good_question_is_not_flagged(language: str, words: str) -> None:
    assert list(faults_of_asking(words, language)) == []


@pytest.mark.parametrize(
    ("language", "words", "closed"),
    [
        ("sv", "Är det roligt här?", True),
        ("sv", "Finns det någon du litar på?", True),
        ("sv", "Var det roligt i går?", True),
        ("sv", "Var kan du vara i fred här?", False),
        ("sv", "Hur är det här?", False),
        ("sv", "Arbetsdagen, hur ser den ut?", False),
        ("en", "Is it fun here?", True),
        ("en", "What is fun here?", False),
    ],
)
def test_a_question_that_yes_or_no_answers_is_told_by_its_first_word(
    language: str, words: str, closed: bool
) -> None:
    assert is_closed(words, language) is closed
