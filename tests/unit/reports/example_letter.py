"""An invented letter of realistic length, in both languages. No home, person or number in it exists."""

import datetime as dt

from tests.unit.reports.example_sections import Pen, later_sections
from tillsyn.reports.content import (
    Advice,
    Appendix,
    Authority,
    Bullets,
    Facts,
    Grid,
    Language,
    Letter,
    Notice,
    Paragraph,
    Quote,
    Recipient,
    Signature,
    Subheading,
)


def example_letter(language: Language) -> Letter:
    """The feedback letter to an invented home for young people."""

    pen = Pen(language)
    say, section = pen.say, pen.section

    return Letter(
        language=language,
        kind=say("Återföring efter inspektion", "Feedback after an inspection"),
        title=say("Vad vi såg och hörde på Strandgläntan", "What we saw and heard at Strandgläntan"),
        reference="2026-01234",
        dated_on=dt.date(2026, 11, 16),
        authority=Authority(
            name=say("Exempelmyndigheten för tillsyn", "The Example Supervisory Agency"),
            unit=say("Enheten för tillsyn av barn och unga", "Unit for the supervision of care for children"),
            address_lines=("Box 1", "100 01 Exempelstad"),
            contact_lines=("010-000 00 00", "registrator@tillsyn.example"),
            web="tillsyn.example",
        ),
        recipient=Recipient(
            "Strandgläntan Omsorg Exempel AB", ("Föreståndaren", "Strandvägen 1", "123 45 Exempelby")
        ),
        copies=(say("Socialnämnden i Exempelkommun", "The social welfare committee of Exempelkommun"),),
        home=say("HVB Strandgläntan, Exempelby (7 platser)", "Strandgläntan, Exempelby (7 places)"),
        visit=say("22–23 september 2026, oanmält besök", "22–23 September 2026, unannounced"),
        sections=(
            section(
                "summary",
                Bullets(
                    "summary.points",
                    (
                        say(
                            "Fem av de sex som bor hos er ville prata med oss. De känner sig sedda av dem som arbetar fast.",
                            "Five of the six who live with you wanted to talk with us. They feel seen by permanent staff.",
                        ),
                        say(
                            "Nätterna är otryggare. Ni behöver visa senast den 15\u00a0december 2026 hur ni gör dem trygga.",
                            "The nights are less safe. We ask you to show by 15\u00a0December 2026 how you make them safe.",
                        ),
                        say(
                            "Vi ger två råd om sådant som är viktigt för barnen, men som inte är krav.",
                            "We give two pieces of advice on what matters to the children but is not required.",
                        ),
                    ),
                ),
                lead=say(
                    "Det mesta fungerar hos er. Två saker behöver ni rätta till, och vi vill gärna samtala om dem.",
                    "Most things work well with you. Two things need to be put right, and we would like to talk about them.",
                ),
            ),
            section(
                "children",
                Paragraph(
                    "children.talks",
                    say(
                        "Vi pratade med barnen först, innan vi pratade med någon vuxen. Alla sex fick frågan. Fem valde att prata, ett valde att avstå. Här står inget som visar vem som har sagt vad.",
                        "We talked with the children first, before we talked with any adult. All six were asked. Five chose to talk and one chose not to. Nothing here shows who said what.",
                    ),
                ),
                Subheading("children.good", say("Det här är bra, säger de", "This is good, they say")),
                Quote(
                    "children.trust",
                    say(
                        "Flera har en vuxen som de går till, och som frågar hur dagen har varit och väntar på svaret.",
                        "Several have an adult they turn to, who asks how the day has been and waits for the answer.",
                    ),
                ),
                Subheading("children.other", say("Det här behöver bli annorlunda", "This needs to change")),
                Quote(
                    "children.night",
                    say(
                        "Kvällar och nätter med vikarier är oroliga. Några sover sämre då, och vet inte säkert vem de kan väcka.",
                        "Evenings and nights with temporary staff are unsettled. Some sleep worse then and are not sure whom to wake.",
                    ),
                ),
                Quote(
                    "children.food",
                    say(
                        "Maten är ofta densamma, och ingen har frågat vad de vill äta.",
                        "The food is often the same, and nobody has asked what they would like to eat.",
                    ),
                ),
                Paragraph(
                    "children.weight",
                    say(
                        "Det barnen berättade avgjorde vad vi granskade närmare: vi läste schemat för nätterna därför att de tog upp dem. Natten är också skälet till att vi ber om en redovisning. Maten har vi ingen rätt att ställa krav på. Därför står den bland råden.",
                        "What the children told us decided what we looked at more closely: we read the night rota because they raised the nights. It is also why we ask for an account. We have no right to set requirements about the food. That is why it stands among the advice.",
                    ),
                ),
            ),
            section(
                "scope",
                Facts(
                    "scope.facts",
                    (
                        (
                            say("Samtal", "Talks"),
                            say(
                                "5 barn och unga, 4 i personalen, föreståndaren",
                                "5 children and young people, 4 staff, the registered manager",
                            ),
                        ),
                        (
                            say("Iakttagelser", "Observations"),
                            say(
                                "Två måltider, en kväll, gemensamma rum",
                                "Two meals, one evening, shared rooms",
                            ),
                        ),
                        (
                            say("Handlingar", "Documents"),
                            say(
                                "Schema för tolv veckor, fyra genomförandeplaner, ordningsregler",
                                "Rota for twelve weeks, four implementation plans, house rules",
                            ),
                        ),
                    ),
                ),
                Notice(
                    "scope.not",
                    say(
                        "Vi har inte granskat läkemedelshantering och ekonomi. Att vi inte skriver om något betyder inte att vi har godkänt det.",
                        "We have not examined the handling of medicines or finances. That we do not write about something does not mean that we have approved it.",
                    ),
                ),
            ),
            section(
                "strengths",
                Paragraph(
                    "strengths.trust",
                    say(
                        "De som arbetar fast känner barnen väl. Vi såg att de satte sig ner, frågade och väntade in svaret, också när det var bråttom. Det är samma bild som barnen ger.",
                        "Permanent staff know the children well. We saw that they sat down, asked and waited for the answer, even when time was short. The children give the same picture.",
                    ),
                ),
            ),
            section(
                "advice",
                Advice(
                    "advice.food",
                    say("Låt barnen vara med och bestämma maten", "Let the children help to decide the food"),
                    say(
                        "Maten är viktig för flera av barnen, men det finns inget krav som vi kan ställa. Vi föreslår att ni provar en matsedel som barnen sätter ihop varannan vecka, och frågar dem efter en månad vad de tycker.",
                        "The food matters to several of the children, but there is no requirement that we can set. We suggest that you try a menu which the children put together every other week, and ask them after a month what they think.",
                    ),
                ),
                Advice(
                    "advice.welcome",
                    say(
                        "Berätta om reglerna på ett språk som alla förstår",
                        "Explain the rules in a language everyone understands",
                    ),
                    say(
                        "Vi föreslår att ni tar fram reglerna också som bilder och på de språk som talas hos er.",
                        "We suggest that you also present the rules as pictures and in the languages spoken with you.",
                    ),
                ),
            ),
            *later_sections(pen),
        ),
        signatures=(
            Signature(say("Beslut", "Decision"), "Anna Exempel", say("enhetschef", "head of unit")),
            Signature(
                say("Föredragande", "Reporting officer"), "Omar Exempel", say("inspektör", "inspector")
            ),
        ),
        method_stamp=say(
            "Sammanvägt enligt metod 1.0, katalog 1.0, kodbok hvb 1.0.",
            "Weighed by method 1.0, catalogue 1.0, code book hvb 1.0.",
        ),
        appendices=(
            Appendix(
                "appendix.requirements",
                say("Kravpunkter som vi har granskat", "The requirements we have examined"),
                (
                    Grid(
                        "appendix.requirements.table",
                        say("Kravpunkter och resultat", "Requirements and results"),
                        (say("Krav", "Requirement"), say("Källa", "Source"), say("Resultat", "Result")),
                        (
                            (
                                say(
                                    "Den personal som behövs finns alla tider",
                                    "The staff needed is there at all times",
                                ),
                                "SoF 5:2",
                                say("Delvis uppfyllt", "Partly met"),
                            ),
                            (
                                say(
                                    "Barnen medverkar när ordningsregler tas fram",
                                    "The children take part when house rules are made",
                                ),
                                "SoF 5:7",
                                say("Inte uppfyllt", "Not met"),
                            ),
                            (
                                say(
                                    "Registerkontroll är gjord före anställning",
                                    "Criminal-record checks precede employment",
                                ),
                                say("Lag 2007:171", "Act 2007:171"),
                                say("Uppfyllt", "Met"),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    )
