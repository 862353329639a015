"""The fixed words of a letter: headings, labels and dates, in Swedish and English."""

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType

_HEADINGS = {
    "head": ("Om brevet", "About this letter"),
    "summary": ("Det viktigaste i korthet", "The most important things in brief"),
    "children": ("Barnens och de ungas röster", "The voices of the children and young people"),
    "scope": (
        "Så har vi granskat – och det här har vi inte granskat",
        "How we carried out the inspection – and what we did not examine",
    ),
    "strengths": ("Det som fungerar väl", "What works well"),
    "advice": ("Utvecklingsområden – våra råd", "Areas for development – our advice"),
    "deficiencies": ("Brister – det ni måste rätta till", "Deficiencies – what you must put right"),
    "your_view": ("Er bild", "Your view"),
    "assessment": ("Vår sammanvägda bedömning", "Our overall assessment"),
    "decision": ("Beslut", "Decision"),
    "questions": ("Frågor att samtala om", "Questions to talk about"),
    "follow_up": ("Så följer vi upp", "How we follow up"),
    "legal": ("Rättslig information", "Legal information"),
    "appendices": ("Bilagor", "Appendices"),
}

_MONTHS = (
    ("januari", "January"), ("februari", "February"), ("mars", "March"), ("april", "April"),
    ("maj", "May"), ("juni", "June"), ("juli", "July"), ("augusti", "August"),
    ("september", "September"), ("oktober", "October"), ("november", "November"), ("december", "December"),
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The fixed words in one language. `headings` is by section key."""

    language: str
    headings: MappingProxyType[str, str]
    date: str
    reference: str
    home: str
    visit: str
    copies: str
    advice: str
    deficiency: str
    saw: str
    sources: str
    rule: str
    matters: str
    level: str
    your_view: str
    achieve: str
    due: str
    contact: str
    signed: str
    appendix: str
    page: str
    """With %(page)s; what follows is `of` and the number of pages: "Sida 1" + " av " + "3"."""
    page_of: str

    def on(self, day: dt.date) -> str:
        """A date as people write it: "6 oktober 2026", with no break inside."""
        month = _MONTHS[day.month - 1][self.language == "en"]
        return f"{day.day}\u00a0{month} {day.year}"

    def deficiency_number(self, number: int) -> str:
        """The small line above the title of a deficiency."""
        return f"{self.deficiency}\u00a0{number}"

    def appendix_number(self, number: int) -> str:
        """The small line above the title of an appendix."""
        return f"{self.appendix}\u00a0{number}"


_SV = Wording(
    language="sv",
    headings=MappingProxyType({key: pair[0] for key, pair in _HEADINGS.items()}),
    date="Datum",
    reference="Diarienummer",
    home="Hem",
    visit="Besök",
    copies="Kopia till",
    advice="Råd – inte krav",
    deficiency="Brist",
    saw="Det här såg och hörde vi",
    sources="Uppgifterna kommer från",
    rule="Det här gäller",
    matters="Därför är det viktigt för barnen",
    level="Så allvarligt ser vi på det",
    your_view="Er bild",
    achieve="Det här ska ni uppnå",
    due="Klart senast",
    contact="Så når ni oss",
    signed="Beslutsfattare och föredragande",
    appendix="Bilaga",
    page="Sida %(page)s",
    page_of=" av ",
)

_EN = Wording(
    language="en",
    headings=MappingProxyType({key: pair[1] for key, pair in _HEADINGS.items()}),
    date="Date",
    reference="Reference number",
    home="Home",
    visit="Visit",
    copies="Copy to",
    advice="Advice – not a requirement",
    deficiency="Deficiency",
    saw="What we saw and heard",
    sources="The information comes from",
    rule="What applies",
    matters="Why it matters for the children",
    level="How serious we consider it to be",
    your_view="Your view",
    achieve="What you must achieve",
    due="Done no later than",
    contact="How to reach us",
    signed="Decision-maker and reporting officer",
    appendix="Appendix",
    page="Page %(page)s",
    page_of=" of ",
)


def wording(language: str) -> Wording:
    """The words in "sv" or "en". `KeyError` for any other language: a letter is never half translated."""
    return {"sv": _SV, "en": _EN}[language]
