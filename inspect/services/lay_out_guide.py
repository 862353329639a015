"""A guide laid out for paper, in one language."""

from functools import partial

from ...interview_guides.content import Guide, Question
from ...interview_guides.guide import Pack
from ...models.vocabulary import N_, Wish
from ...reports.guide_sheet import GuideSheet, Language, SheetArea, SheetQuestion, render_guide_sheet
from ...reports.pdf_fonts import MissingGlyph
from ...reports.tagging.structure import NotAccessible
from ..errors import NotPossibleNow
from ..i18n import translate
from ..rules.guide_flow import reason_of
from ..rules.guide_words import values_in

FACES = (N_("Very bad"), N_("Bad"), N_("In between"), N_("Good"), N_("Very good"))
"""What the five faces of the scale of pictures mean, from the saddest."""
LINES, MANY = 4, 20
"""How many lines there are under each question; one less in a guide of more than so many questions."""


def guide_as_pdf(pack: Pack, guide: Guide, language: Language) -> bytes:
    """The guide with lines to write on. Raises NotPossibleNow for a character that cannot be printed."""
    try:
        return render_guide_sheet(lay_out_guide(pack, guide, language))
    except MissingGlyph as fault:
        raise NotPossibleNow(
            N_("The guide cannot be printed: it has a character that the typeface lacks (%(character)s)."),
            {"character": fault.character},
        ) from None
    except NotAccessible as fault:
        raise NotPossibleNow(
            N_(
                "The guide cannot be printed, by a fault that nobody can put right in it. Read it on the page"
                " meanwhile, and send these words to whoever runs the system: “%(what)s”."
            ),
            {"what": str(fault)},
        ) from fault


def lay_out_guide(pack: Pack, guide: Guide, language: Language) -> GuideSheet:
    """The guide as its page shows it: by area, in the order in which the guide comes to the areas."""
    groups: dict[str, list[SheetQuestion]] = {}
    for question in guide.questions:
        groups.setdefault(question.area, []).append(_question(question, pack, guide, language))
    note = pack.verified_note.in_language(language) if pack.is_example and pack.verified_note else ""
    return GuideSheet(
        language=language,
        pack=pack.title.in_language(language),
        title=guide.title.in_language(language),
        version=guide.version,
        opening=guide.opening.in_language(language),
        closing=guide.closing.in_language(language),
        areas=tuple(
            SheetArea(pack.area(area).name.in_language(language), tuple(questions))
            for area, questions in groups.items()
        ),
        choices=tuple(translate(language, wish.title) for wish in Wish),
        warning=note,
        lines=LINES if len(guide.questions) <= MANY else LINES - 1,
    )


def _question(question: Question, pack: Pack, guide: Guide, language: Language) -> SheetQuestion:
    say = partial(translate, language)
    asked_of = f"{question.asked_of.in_language(language)}: " if question.asked_of else ""
    when = [reason_of(condition, guide) for condition in question.only_if]
    return SheetQuestion(
        text=asked_of + question.text.in_language(language),
        notes=(
            *(say(reason.text, **values_in(reason, pack, language)) + "." for reason in when),
            *(
                f"{one.if_says.in_language(language)} – {one.text.in_language(language)}"
                for one in question.follow_ups
            ),
        ),
        help=tuple(probe.in_language(language) for probe in question.probes),
        faces=tuple(say(word) for word in FACES) if question.pictures == "smiley" else (),
        faces_said=question.picture_text.in_language(language) if question.picture_text else "",
    )
