"""The fixed words of a letter: headings, labels and dates, in Swedish and English.

In Arabic there are the labels of a letter to a child; such a letter brings its own headings.
"""

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType

_HEADINGS = {
    "head": ("Om brevet", "About this letter"),
    "summary": ("Det viktigaste i korthet", "The most important things in brief"),
    "children": ("Rösterna vi hörde", "The voices we heard"),
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
    "why": ("Därför kommer vi", "Why we are coming"),
    "talks": ("Så går samtalen till", "How the talks work"),
    "rights": ("Rättigheter", "Rights"),
    "contact": ("Har du frågor?", "Do you have questions?"),
    "facts": ("Det här har vi sett och hört", "What we have seen and heard"),
    "preliminary": ("Vår preliminära bedömning", "Our preliminary assessment"),
    "reply": ("Så svarar ni", "How to reply"),
    "grounds": ("Skälen för beslutet", "The reasons for the decision"),
    "measures": ("Åtgärderna, en i taget", "The measures, one by one"),
    "appeal": ("Om att överklaga", "About appealing"),
    "late": ("Det här saknas", "What is missing"),
    "until": ("När vi behöver det", "When we need it"),
    "voices": ("Rösterna vi hör nu", "The voices we hear now"),
    "remaining": ("Det som återstår", "What remains"),
    "next": ("Det här händer nu", "What happens now"),
    "learned": ("Det vi har lärt oss", "What we have learned"),
    "closed": ("Ärendet är avslutat", "The case is closed"),
    "points": ("Det här svarar ni för", "What you answer for"),
    "asked": ("Det här ber vi er om", "What we ask of you"),
}

_HEADINGS_OF_FORM = {
    "decision.measures": ("Åtgärder som ni ska vidta", "Measures that you must take"),
    "closing.measures": ("Vad det blev av varje åtgärd", "What became of each measure"),
    "committee.contact": ("Har ni frågor?", "Do you have questions?"),
    "reminder.contact": ("Behöver ni hjälp?", "Do you need help?"),
}
"""Where a form of letter has another heading than the others: "form.section"."""

DECIDING = frozenset({"feedback", "decision"})
"""The forms of letter that hold a decision."""

_MONTHS = (
    ("januari", "January"), ("februari", "February"), ("mars", "March"), ("april", "April"),
    ("maj", "May"), ("juni", "June"), ("juli", "July"), ("augusti", "August"),
    ("september", "September"), ("oktober", "October"), ("november", "November"), ("december", "December"),
)  # fmt: skip
# By both names that are in use among readers of Arabic.
_MONTHS_AR = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
    "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The fixed words in one language. `headings` is by section key, and by "form.section" (`heading`)."""

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
    regards: str
    appendix: str
    page: str
    """With %(page)s; what follows is `of` and the number of pages: "Sida 1" + " av " + "3"."""
    page_of: str
    number: str
    seal: str
    """What the empty place for the electronic seal of a PDF is called."""

    def heading(self, key: str, form: str = "feedback") -> str:
        """The heading of a section in a form of letter. `KeyError` where such letters bring their own."""
        return self.headings.get(f"{form}.{key}") or self.headings[key]

    def signing(self, form: str) -> str:
        """The heading over those who answer for a letter: of a decision it says what they are (FL 31 §)."""
        return self.signed if form in DECIDING else self.regards

    def on(self, day: dt.date) -> str:
        """A date as people write it: "6 oktober 2026", with no break inside."""
        if self.language == "ar":
            month = _MONTHS_AR[day.month - 1].replace(" ", "\u00a0")
        else:
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
    headings=MappingProxyType({key: pair[0] for key, pair in (_HEADINGS | _HEADINGS_OF_FORM).items()}),
    date="Datum",
    reference="Diarienummer",
    home="Hem",
    visit="Besök",
    copies="Kopia till",
    advice="Råd – inte krav",
    deficiency="Brist",
    saw="Vi såg och hörde",
    sources="Uppgifterna kommer från",
    rule="Det här gäller",
    matters="Därför är det viktigt",
    level="Hur allvarligt",
    your_view="Er bild",
    achieve="Ni ska uppnå",
    due="Klart senast",
    contact="Så når ni oss",
    signed="Beslutsfattare och föredragande",
    regards="Vänliga hälsningar",
    appendix="Bilaga",
    page="Sida %(page)s",
    page_of=" av ",
    number="Brevets nummer",
    seal="Plats för elektronisk stämpel",
)

_EN = Wording(
    language="en",
    headings=MappingProxyType({key: pair[1] for key, pair in (_HEADINGS | _HEADINGS_OF_FORM).items()}),
    date="Date",
    reference="Reference number",
    home="Home",
    visit="Visit",
    copies="Copy to",
    advice="Advice – not a requirement",
    deficiency="Deficiency",
    saw="We saw and heard",
    sources="The information comes from",
    rule="What applies",
    matters="Why it matters",
    level="How serious",
    your_view="Your view",
    achieve="You must achieve",
    due="No later than",
    contact="How to reach us",
    signed="Decision-maker and reporting officer",
    regards="Kind regards",
    appendix="Appendix",
    page="Page %(page)s",
    page_of=" of ",
    number="Letter number",
    seal="Place for the electronic seal",
)

_AR = Wording(
    language="ar",
    headings=MappingProxyType({}),
    date="التاريخ",
    reference="رقم القضية",
    home="المكان",
    visit="الزيارة",
    copies="نسخة إلى",
    advice="نصيحة وليست شرطًا",
    deficiency="نقص",
    saw="ما رأيناه وسمعناه",
    sources="مصدر المعلومات",
    rule="ما ينص عليه القانون",
    matters="لماذا هذا مهم",
    level="مدى الخطورة",
    your_view="وجهة نظركم",
    achieve="ما عليكم تحقيقه",
    due="في موعد أقصاه",
    contact="كيف تتواصل معنا",
    signed="من اتخذ القرار ومن أعدّه",
    regards="مع أطيب التحيات",
    appendix="ملحق",
    page="صفحة %(page)s",
    page_of=" من ",
    number="رقم الرسالة",
    seal="مكان الختم الإلكتروني",
)


def wording(language: str) -> Wording:
    """The words in that language. `KeyError` for one that has none: a letter is never half translated."""
    return {"sv": _SV, "en": _EN, "ar": _AR}[language]
