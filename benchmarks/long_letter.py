"""A letter with many findings, of the length that real ones have."""

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
    Letter,
    Notice,
    Paragraph,
    Questions,
    Quote,
    Recipient,
    Section,
    Signature,
    Subheading,
)

_SAW = (
    "Vi såg att de som arbetade natten inte visste vem de skulle ringa, och vi hörde samma sak i samtalen. "
    "I schemat för tolv veckor saknades jour under nitton nätter."
)
_WHY = "Den som sover oroligt behöver veta vem som kommer. Tryggheten på natten avgör hur dagen blir."


def long_letter(findings: int) -> Letter:
    """A feedback letter in Swedish with so many deficiencies; nobody in it exists."""
    found = tuple(
        Deficiency(
            key=f"deficiency.{number}", number=number,
            title=f"Det finns personal som räcker till, del {number}",
            saw=_SAW, sources="barn, iakttagelser och handlingar",
            rule="Den personal som behövs ska finnas alla tider på dygnet.\n\nKällan är 5 kap. 2 § SoF.",
            matters=_WHY, level="Brist som ska rättas till",
            proportion="Den återkommer, och barnen märker den.",
            your_view="Ni har svarat att rekryteringen pågår.", achieve="Ni ska uppnå att jour alltid finns.",
            due="15 december 2026",
        )
        for number in range(1, findings + 1)
    )  # fmt: skip
    sections = (
        Section("summary", "Det viktigaste i korthet", "Det mesta fungerar.", (Bullets("s", (_SAW, _WHY)),)),
        Section("children", "Rösterna vi hörde", None, (
            Paragraph("c.1", _WHY), Subheading("c.2", "Det här är bra"), Quote("c.3", _SAW),
            Quote("c.4", _WHY),
        )),
        Section("scope", "Så har vi granskat", None, (
            Facts("o.1", (("Samtal", "Barn, personal och ledning"), ("Handlingar", _WHY))),
            Notice("o.2", "Att vi inte skriver om något betyder inte att vi har godkänt det."),
        )),
        Section("advice", "Våra råd", None, tuple(Advice(f"a.{n}", f"Råd {n}", _WHY) for n in range(3))),
        Section("deficiencies", "Brister", None, found),
        Section("assessment", "Vår bedömning", None, tuple(
            AreaAssessment(f"b.{n}", f"Område {n}", "mostly", "Fungerar i huvudsak", _WHY) for n in range(6)
        )),
        Section("questions", "Frågor", None, (Questions("q", (_WHY, "Vad behöver ni?", "När märks det?")),)),
    )  # fmt: skip
    rows = tuple((f"Kravpunkt {number}", "5 kap. 2 § SoF", "Uppfyllt") for number in range(36))
    return Letter(
        language="sv", kind="Återföring efter inspektion",
        title="Vad vi såg och hörde", reference="2026-01234",
        dated_on=dt.date(2026, 11, 16),
        authority=Authority(
            "Myndigheten", "Enheten", ("Box 1", "100 01 Stad"), ("010-000 00 00",), "x.example"
        ),
        recipient=Recipient("Exempel AB", ("Vägen 1", "123 45 Exempelby")), copies=("Socialnämnden",),
        home="HVB Exempel", visit="22 september 2026", sections=sections,
        signatures=(Signature("Beslut", "Anna Exempel", "enhetschef"),), method_stamp="Metod 1.0.",
        appendices=(Appendix("x", "Krav", (Grid("x.1", "Krav", ("Krav", "Källa", "Utfall"), rows),)),),
    )  # fmt: skip
