"""An invented letter of realistic length, in both languages. No home, person or number in it exists."""

import datetime as dt

from tillsyn.reports.content import (
    Advice,
    Appendix,
    AreaAssessment,
    Authority,
    Bullets,
    Deficiency,
    Facts,
    Grid,
    Language,
    Letter,
    Notice,
    Paragraph,
    Questions,
    Quote,
    Recipient,
    Section,
    SectionKey,
    Sign,
    Signature,
    Subheading,
)
from tillsyn.reports.wording import wording


def example_letter(language: Language) -> Letter:
    """The feedback letter to an invented home for young people."""

    def say(sv: str, en: str) -> str:
        return sv if language == "sv" else en

    def section(key: SectionKey, *blocks: object, lead: str | None = None) -> Section:
        return Section(key, wording(language).headings[key], lead, blocks)  # type: ignore[arg-type]

    def area(id: str, sign: Sign, name: str, word: str, text: str) -> AreaAssessment:
        return AreaAssessment(f"assessment.{id}", name, sign, word, text)

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
        recipient=Recipient("Strandgläntan Omsorg Exempel AB", ("Föreståndaren", "Strandvägen 1", "123 45 Exempelby")),
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
                        (say("Samtal", "Talks"), say("5 barn och unga, 4 i personalen, föreståndaren", "5 children and young people, 4 staff, the registered manager")),
                        (say("Iakttagelser", "Observations"), say("Två måltider, en kväll, gemensamma rum", "Two meals, one evening, shared rooms")),
                        (say("Handlingar", "Documents"), say("Schema för tolv veckor, fyra genomförandeplaner, ordningsregler", "Rota for twelve weeks, four implementation plans, house rules")),
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
                    say("Berätta om reglerna på ett språk som alla förstår", "Explain the rules in a language everyone understands"),
                    say(
                        "Vi föreslår att ni tar fram reglerna också som bilder och på de språk som talas hos er.",
                        "We suggest that you also present the rules as pictures and in the languages spoken with you.",
                    ),
                ),
            ),
            section(
                "deficiencies",
                Deficiency(
                    key="deficiency.K10",
                    number=1,
                    title=say("Nätterna är inte bemannade så att barnen är trygga", "The nights are not staffed so that the children are safe"),
                    saw=say(
                        "Flera barn säger att nätter med vikarier är oroliga. Schemat visar att 19 av 84 nätter bemannades av en person som inte hade fått introduktion. Ni har själva skrivit att det är svårt att rekrytera nattpersonal.",
                        "Several children say that nights with temporary staff are unsettled. The rota shows that 19 of 84 nights were staffed by a person who had had no introduction. You have written yourselves that it is hard to recruit night staff.",
                    ),
                    sources=say("barn, personal, ledning och handlingar", "children, staff, managers and documents"),
                    rule=say(
                        "Ett hem för vård eller boende ska ha den personal som behövs (5\u00a0kap. 2\u00a0§ socialtjänstförordningen).",
                        "A residential care home shall have the staff that is needed (Chapter\u00a05, Section\u00a02 of the Social Services Ordinance).",
                    ),
                    matters=say(
                        "Den som inte vet vem den kan väcka ligger vaken. Trygga nätter är en förutsättning för att orka med skolan och dagen.",
                        "Someone who does not know whom to wake lies awake. Safe nights are needed to cope with school and the day.",
                    ),
                    level=say("Brist (nivå 3 av 5).", "Deficiency (level 3 of 5)."),
                    proportion=say(
                        "Bristen återkommer under tolv veckor och berör alla som bor hos er. Ni har själva sett den och börjat arbeta med den. Därför räcker det att ni redovisar vad ni gör. Mer ingripande åtgärder behövs inte nu.",
                        "The deficiency recurs over twelve weeks and concerns everyone who lives with you. You have seen it yourselves and started to work on it. An account of what you do is therefore enough. No more intrusive measure is needed now.",
                    ),
                    your_view=say(
                        "Ni skriver att två nattmedarbetare börjar i december och att ni delar vår bild.",
                        "You write that two night workers start in December and that you share our view.",
                    ),
                    achieve=say(
                        "Ni ska se till att den som arbetar natt har fått introduktion och är känd av barnen.",
                        "You must make sure that whoever works at night has had an introduction and is known to the children.",
                    ),
                    due=say("15\u00a0december 2026", "15\u00a0December 2026"),
                ),
                Deficiency(
                    key="deficiency.K17",
                    number=2,
                    title=say("Barnen har inte varit med om ordningsreglerna", "The children have had no part in the house rules"),
                    saw=say(
                        "Reglerna sitter på väggen i hallen. Barnen säger att de inte var med när reglerna skrevs, och personalen säger detsamma.",
                        "The rules are on the wall in the hall. The children say that they were not there when the rules were written, and staff say the same.",
                    ),
                    sources=say("barn, personal och iakttagelse", "children, staff and observation"),
                    rule=say(
                        "De som bor i hemmet ska få medverka när ordningsregler tas fram och följs upp (5\u00a0kap. 7\u00a0§ socialtjänstförordningen).",
                        "Those who live in the home shall be able to take part when house rules are made and followed up (Chapter\u00a05, Section\u00a07 of the Social Services Ordinance).",
                    ),
                    matters=say(
                        "Regler som man själv har varit med om är lättare att förstå och att hålla.",
                        "Rules that one has taken part in are easier to understand and to keep.",
                    ),
                    level=say("Mindre brist (nivå 2 av 5).", "Minor deficiency (level 2 of 5)."),
                    proportion=say(
                        "Reglerna är rimliga i sig och bristen är lätt att rätta till. En kort bekräftelse räcker.",
                        "The rules are reasonable in themselves and this is easy to put right. A short confirmation is enough.",
                    ),
                    your_view=say("Ni har inte lämnat någon synpunkt ännu.", "You have not commented on this yet."),
                    achieve=say(
                        "Ni ska gå igenom reglerna tillsammans med barnen och ändra det som behöver ändras.",
                        "You must go through the rules together with the children and change what needs to be changed.",
                    ),
                    due=say("31\u00a0januari 2027", "31\u00a0January 2027"),
                ),
            ),
            section(
                "your_view",
                Paragraph(
                    "your_view.reply",
                    say(
                        "Ni fick ta del av uppgifterna den 12\u00a0oktober och svarade den 26\u00a0oktober. Ni påpekade att antalet nätter var fel. Vi har räknat om och rättat det.",
                        "You received the material on 12\u00a0October and replied on 26\u00a0October. You pointed out that the number of nights was wrong. We have counted again and corrected it.",
                    ),
                ),
            ),
            section(
                "assessment",
                area("BEM", "good", say("Bemötande och relationer", "Treatment and relationships"), say("Fungerar väl", "Works well"),
                     say("Barn, personal och det vi såg ger samma bild.", "Children, staff and what we saw give the same picture.")),
                area("SKO", "mostly", say("Skola och utbildning", "School and education"), say("Fungerar i huvudsak", "Works for the most part"),
                     say("Alla går i skolan. Två väntar på extra stöd.", "All attend school. Two are waiting for extra support.")),
                area("TRY", "improve", say("Trygghet och säkerhet", "Safety"), say("Behöver förbättras", "Needs to improve"),
                     say("Det som avgör är nätterna: det barnen berättar och det schemat visar pekar åt samma håll.", "What decides is the nights: what the children tell and what the rota shows point the same way.")),
                area("INT", "pending", say("Integritet och begränsningar", "Integrity and restrictions"), say("Bedömning pågår", "Assessment in progress"),
                     say("Vi återkommer när vi vet mer.", "We will come back to you when we know more.")),
                area("HAL", "unknown", say("Hälsa", "Health"), say("Kan inte bedömas ännu", "Cannot be assessed yet"),
                     say("Vi har för få uppgifter.", "We have too little information.")),
            ),
            section(
                "decision",
                Paragraph(
                    "decision.words",
                    say(
                        "Vi begär att ni senast den 15\u00a0december 2026 redovisar vilka åtgärder ni har vidtagit (28\u00a0kap. 3 och 5\u00a0§§ socialtjänstlagen).",
                        "We ask you to give an account by 15\u00a0December 2026 of the measures you have taken (Chapter\u00a028, Sections\u00a03 and\u00a05 of the Social Services Act).",
                    ),
                ),
            ),
            section(
                "questions",
                Questions(
                    "questions.list",
                    (
                        say("Vad skulle barnen säga om en natt hos er, om vi frågade dem om ett halvår?", "What would the children say about a night with you if we asked them in six months?"),
                        say("Vilka beslut i vardagen fattar de vuxna av vana?", "Which everyday decisions do the adults make out of habit?"),
                        say("Hur märker ni att ett barn som inte klagar ändå inte har det bra?", "How do you notice that a child who does not complain is still not well?"),
                    ),
                ),
            ),
            section(
                "follow_up",
                Grid(
                    "follow_up.table",
                    say("Vad som händer och när", "What happens and when"),
                    (say("När", "When"), say("Vad", "What"), say("Underlag", "Evidence")),
                    (
                        ("15\u00a0december 2026" if language == "sv" else "15\u00a0December 2026", say("Ni redovisar nätterna", "You report on the nights"), say("Schema och plan för introduktion", "Rota and plan for introduction")),
                        (say("Mars 2027", "March 2027"), say("Vi frågar barnen igen", "We ask the children again"), say("Samtal med dem som vill", "Talks with those who want to")),
                    ),
                ),
            ),
            section(
                "legal",
                Paragraph("legal.appeal", say("Beslutet kan inte överklagas (35\u00a0kap. 2\u00a0§ socialtjänstlagen).", "The decision cannot be appealed (Chapter\u00a035, Section\u00a02 of the Social Services Act).")),
                Paragraph("legal.public", say("Brevet är en allmän handling. Den som vill kan begära att få läsa det. Vi prövar då om något behöver döljas.", "The letter is an official document. Anyone may ask to read it. We then examine whether anything must be masked.")),
            ),
            section(
                "appendices",
                Bullets("appendices.list", (say("Bilaga 1: Kravpunkter som vi har granskat", "Appendix 1: The requirements we have examined"), say("Barnens brev, en sida, som vi ger till barnen själva", "The children's letter, one page, which we give to the children ourselves"))),
            ),
        ),
        signatures=(
            Signature(say("Beslut", "Decision"), "Anna Exempel", say("enhetschef", "head of unit")),
            Signature(say("Föredragande", "Reporting officer"), "Omar Exempel", say("inspektör", "inspector")),
        ),
        method_stamp=say("Sammanvägt enligt metod 1.0, innehåll hvb 1.0.", "Weighed by method 1.0, content hvb 1.0."),
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
                            (say("Den personal som behövs finns alla tider", "The staff needed is there at all times"), "SoF 5:2", say("Delvis uppfyllt", "Partly met")),
                            (say("Barnen medverkar när ordningsregler tas fram", "The children take part when house rules are made"), "SoF 5:7", say("Inte uppfyllt", "Not met")),
                            (say("Registerkontroll är gjord före anställning", "Criminal-record checks precede employment"), say("Lag 2007:171", "Act 2007:171"), say("Uppfyllt", "Met")),
                        ),
                    ),
                ),
            ),
        ),
    )
