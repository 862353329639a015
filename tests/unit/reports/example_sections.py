"""The later sections of the invented letter, and the pen that writes in one of two languages."""

from dataclasses import dataclass

from tillsyn.reports.content import (
    AreaAssessment,
    Block,
    Bullets,
    Deficiency,
    Grid,
    Language,
    Paragraph,
    Questions,
    Section,
    SectionKey,
    Sign,
)
from tillsyn.reports.wording import wording


@dataclass(frozen=True)
class Pen:
    """Picks the language; gives a section its fixed heading."""

    language: Language

    def say(self, sv: str, en: str) -> str:
        return sv if self.language == "sv" else en

    def section(self, key: SectionKey, *blocks: Block, lead: str | None = None) -> Section:
        return Section(key, wording(self.language).headings[key], lead, blocks)


def area(id: str, sign: Sign, name: str, word: str, text: str) -> AreaAssessment:
    return AreaAssessment(f"assessment.{id}", name, sign, word, text)


def later_sections(pen: Pen) -> tuple[Section, ...]:
    """From the deficiencies to the list of appendices."""
    say, section = pen.say, pen.section
    return (
        section(
            "deficiencies",
            Deficiency(
                key="deficiency.K10",
                number=1,
                title=say(
                    "Nätterna är inte bemannade så att barnen är trygga",
                    "The nights are not staffed so that the children are safe",
                ),
                saw=say(
                    "Flera barn säger att nätter med vikarier är oroliga. Schemat visar att 19 av 84 nätter bemannades av en person som inte hade fått introduktion. Ni har själva skrivit att det är svårt att rekrytera nattpersonal.",
                    "Several children say that nights with temporary staff are unsettled. The rota shows that 19 of 84 nights were staffed by a person who had had no introduction. You have written yourselves that it is hard to recruit night staff.",
                ),
                sources=say(
                    "barn, personal, ledning och handlingar", "children, staff, managers and documents"
                ),
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
                title=say(
                    "Barnen har inte varit med om ordningsreglerna",
                    "The children have had no part in the house rules",
                ),
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
                your_view=say(
                    "Ni har inte lämnat någon synpunkt ännu.", "You have not commented on this yet."
                ),
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
            area(
                "BEM",
                "good",
                say("Bemötande och relationer", "Treatment and relationships"),
                say("Fungerar väl", "Works well"),
                say(
                    "Barn, personal och det vi såg ger samma bild.",
                    "Children, staff and what we saw give the same picture.",
                ),
            ),
            area(
                "SKO",
                "mostly",
                say("Skola och utbildning", "School and education"),
                say("Fungerar i huvudsak", "Works for the most part"),
                say(
                    "Alla går i skolan. Två väntar på extra stöd.",
                    "All attend school. Two are waiting for extra support.",
                ),
            ),
            area(
                "TRY",
                "improve",
                say("Trygghet och säkerhet", "Safety"),
                say("Behöver förbättras", "Needs to improve"),
                say(
                    "Det som avgör är nätterna: det barnen berättar och det schemat visar pekar åt samma håll.",
                    "What decides is the nights: what the children tell and what the rota shows point the same way.",
                ),
            ),
            area(
                "INT",
                "pending",
                say("Integritet och begränsningar", "Integrity and restrictions"),
                say("Bedömning pågår", "Assessment in progress"),
                say("Vi återkommer när vi vet mer.", "We will come back to you when we know more."),
            ),
            area(
                "HAL",
                "unknown",
                say("Hälsa", "Health"),
                say("Kan inte bedömas ännu", "Cannot be assessed yet"),
                say("Vi har för få uppgifter.", "We have too little information."),
            ),
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
                    say(
                        "Vad skulle barnen säga om en natt hos er, om vi frågade dem om ett halvår?",
                        "What would the children say about a night with you if we asked them in six months?",
                    ),
                    say(
                        "Vilka beslut i vardagen fattar de vuxna av vana?",
                        "Which everyday decisions do the adults make out of habit?",
                    ),
                    say(
                        "Hur märker ni att ett barn som inte klagar ändå inte har det bra?",
                        "How do you notice that a child who does not complain is still not well?",
                    ),
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
                    (
                        "15\u00a0december 2026" if pen.language == "sv" else "15\u00a0December 2026",
                        say("Ni redovisar nätterna", "You report on the nights"),
                        say("Schema och plan för introduktion", "Rota and plan for introduction"),
                    ),
                    (
                        say("Mars 2027", "March 2027"),
                        say("Vi frågar barnen igen", "We ask the children again"),
                        say("Samtal med dem som vill", "Talks with those who want to"),
                    ),
                ),
            ),
        ),
        section(
            "legal",
            Paragraph(
                "legal.appeal",
                say(
                    "Beslutet kan inte överklagas (35\u00a0kap. 2\u00a0§ socialtjänstlagen).",
                    "The decision cannot be appealed (Chapter\u00a035, Section\u00a02 of the Social Services Act).",
                ),
            ),
            Paragraph(
                "legal.public",
                say(
                    "Brevet är en allmän handling. Den som vill kan begära att få läsa det. Vi prövar då om något behöver döljas.",
                    "The letter is an official document. Anyone may ask to read it. We then examine whether anything must be masked.",
                ),
            ),
        ),
        section(
            "appendices",
            Bullets(
                "appendices.list",
                (
                    say(
                        "Bilaga 1: Kravpunkter som vi har granskat",
                        "Appendix 1: The requirements we have examined",
                    ),
                    say(
                        "Barnens brev, en sida, som vi ger till barnen själva",
                        "The children's letter, one page, which we give to the children ourselves",
                    ),
                ),
            ),
        ),
    )
