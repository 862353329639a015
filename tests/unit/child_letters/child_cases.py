"""Cases whose letter to the children says much, little or nothing; and the letter of each as it is laid out."""

from dataclasses import replace
from datetime import date
from functools import cache
from types import SimpleNamespace
from uuid import uuid4

from tillsyn.inspect.rules.case_view import CaseView, FindingView, Marked, Said, Talks
from tillsyn.inspect.rules.letter_child import compose_child
from tillsyn.inspect.rules.weighing import CheckResult, Perspective
from tillsyn.inspect.services.lay_out_child import lay_out_child
from tillsyn.inspect.settings import AuthorityDetails
from tillsyn.interview_guides.child_words import load_child_words
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.vocabulary import FindingKind, RegisterAnswer, Responsible, Wish
from tillsyn.reports.content import Language, Letter
from tillsyn.reports.letter_pdf import render_pdf

DAY = date(2026, 9, 22)
DUE = date(2026, 12, 1)
SENT = date(2026, 11, 22)
AGES = ("6-12", "13-20")
LANGUAGES: tuple[Language, ...] = ("sv", "en", "ar")
AUTHORITY = AuthorityDetails(
    name="Exempelinspektionen",
    unit="Enheten för barn och unga",
    address="Box 1234, 111 11 Exempelstad",
    contact="010-000 00 00, registrator@exempel.example",
    web="exempel.example",
    help_lines="Barnens hjälptelefon 020-000 00 00",
)
ALL = Talks(residents=6, offered=6, talked=6, staff=2, managers=1)


def told(theme: str, severity: int, *, children: int = 6, wish: Wish = Wish.MAY_BE_TOLD) -> tuple[Said, ...]:
    """The same from each of so many children."""
    return tuple(
        Said(uuid4(), f"u{number}{theme}", f"b{number}", Perspective.CHILD, theme, severity, wish=wish,
             unprompted=True)
        for number in range(1, children + 1)
    )  # fmt: skip


def finding(kind: FindingKind, area: str, **values: object) -> FindingView:
    given = {
        "theme": None, "requirement": None, "level": 3, "sanction": False, "responsible": Responsible.PROVIDER,
        "title": "Rubrik",
    }  # fmt: skip
    return FindingView(uuid4(), kind, area, **{**given, **values})  # type: ignore[arg-type]


def case(*said: tuple[Said, ...], pack: str = "hvb", **values: object) -> CaseView:
    given = {"talks": ALL, "contact": "Kim Inspektör", "said": tuple(one for part in said for one in part)}
    return CaseView(load_pack(pack), DAY, "Hemmet", True, **{**given, **values})  # type: ignore[arg-type]


def much(pack: str = "hvb") -> CaseView:
    """Every outcome at once, on as many themes as there are outcomes, and something good."""
    about = load_pack(pack)
    demanded, changed = [one for one in about.requirements if one.can_be_deficiency_of_home][:2]
    taken = {*demanded.themes, *changed.themes}
    advised, agreed, looking, otherwise, here, elsewhere, passed_on, good = [
        theme for theme in about.themes if theme.id not in taken
    ][:8]
    raised = (
        demanded.themes[0], changed.themes[0], advised.id, agreed.id, looking.id, otherwise.id, here.id,
        elsewhere.id, passed_on.id,
    )  # fmt: skip
    deficiencies = tuple(
        finding(FindingKind.DEFICIENCY, about.theme(one.themes[0]).area, requirement=one.id, due_on=DUE)
        for one in (demanded, changed)
    )
    return case(
        *(told(theme, 2) for theme in raised),
        told(good.id, 0),
        pack=pack,
        findings=(*deficiencies, finding(FindingKind.ADVICE, advised.area, theme=advised.id, level=1)),
        marks=(Marked(demanded.id, CheckResult.DEVIATION, 2),
               Marked(changed.id, CheckResult.DEVIATION, 2, fixed=True)),
        answers={
            f"theme:{agreed.id}": RegisterAnswer.AGREED,
            f"theme:{looking.id}": RegisterAnswer.FOLLOWED_UP,
            f"theme:{otherwise.id}": RegisterAnswer.NOT_AGREED,
            f"theme:{here.id}": RegisterAnswer.OUTSIDE_REMIT,
            f"theme:{elsewhere.id}": RegisterAnswer.OUTSIDE_REMIT,
        },
    )  # fmt: skip


def little(pack: str = "hvb") -> CaseView:
    """One theme, about which there is advice."""
    theme = load_pack(pack).themes[-2]
    return case(
        told(theme.id, 1), pack=pack,
        findings=(finding(FindingKind.ADVICE, theme.area, theme=theme.id, level=1),),
    )  # fmt: skip


def nothing(pack: str = "hvb") -> CaseView:
    """Children told, and nothing of it may be told."""
    theme = load_pack(pack).themes[0]
    return case(told(theme.id, 2, children=1, wish=Wish.ONLY_IN_GENERAL), pack=pack)


def silent(pack: str = "hvb") -> CaseView:
    """No child talked with us."""
    return replace(case(pack=pack), talks=Talks(residents=6, offered=6, talked=0, declined=6))


CASES = {"much": much, "little": little, "nothing": nothing, "silent": silent}


def letter_of(view: CaseView, age: str, language: Language) -> Letter:
    """The letter as it is sent when nobody has edited it."""
    composed = compose_child(view, load_child_words(view.pack.id), age)
    paragraphs = [
        SimpleNamespace(
            key=one.key, section=one.section, position=position, text=one.text.in_language(language),
            language=language, removed=False, finding_id=None,
        )
        for position, one in enumerate(composed)
    ]  # fmt: skip
    return lay_out_child(
        inspection=SimpleNamespace(pack=view.pack.id, dnr="2026-01342"),  # type: ignore[arg-type]
        letter=SimpleNamespace(kind=LetterKind(f"child-{age}"), paragraphs=paragraphs),  # type: ignore[arg-type]
        language=language, authority=AUTHORITY, dated_on=SENT,
    )  # fmt: skip


@cache
def child_file(age: str, language: Language) -> bytes:
    """The letter that says much, on paper."""
    return render_pdf(letter_of(much(), age, language))
