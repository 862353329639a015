"""What can be chosen in a request for documents: texts and kinds of texts, and the files that went out."""

from collections import Counter
from uuid import UUID

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup

from ...interview_guides.openness_words import OpennessWords, openness_words
from ...models.inspections import Inspection
from ...models.openness import DisclosureRequest, DisclosureText
from ...models.openness_words import AskState, TextKind
from ..rules.case_texts import not_offered_yet
from ..services.disclose_file import sent_names
from ..services.texts_of_case import Offered, is_archived, is_closed, offered_texts
from .database import db, now
from .forms.fields import choices
from .forms.openness import TextsForm
from .language import day, label
from .session import settings

SHOWN = 90


def offer_texts(inspection: Inspection, made: DisclosureRequest, form: FlaskForm) -> None:
    if isinstance(form, TextsForm):
        form.version.data = str(made.version)
        offered = _offered(inspection, made) if made.state is AskState.ASSESSED else ()
        counted = Counter(one.kind for one in offered)
        form.kinds.choices = choices(
            (kind.value, _("%(kind)s (%(number)s)", kind=label(kind), number=number))
            for kind, number in counted.items()
        )
        form.texts.choices = choices((one.key, _title(one)) for one in offered)


def _offered(inspection: Inspection, made: DisclosureRequest) -> tuple[Offered, ...]:
    return offered_texts(db(), inspection, but=made.id, words=words_of_authority(), now=now())


def later_kinds(inspection: Inspection) -> tuple[TextKind, ...]:
    """What cannot be asked for before the case has come further."""
    return not_offered_yet(closed=is_closed(inspection), archived=is_archived(db(), inspection))


def files_that_went(made: DisclosureRequest) -> list[tuple[DisclosureText, str, int]]:
    """The files that went out: their text, name and number."""
    return [(text, name, number) for text, number, name in sent_names(db(), made)]


def _title(offered: Offered) -> Markup:
    dated = f", {day(offered.dated_on)}" if offered.dated_on else ""
    said = beginning(offered.text)
    spoken = Markup('<span lang="{}">{}</span>').format(offered.language, said) if offered.language else said
    return Markup("{}{}: {}").format(label(offered.kind), dated, spoken)


def key_of(kind: str, source_id: UUID) -> str:
    return f"{kind}.{source_id}"


def beginning(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHOWN else f"{one_line[:SHOWN].rstrip()}…"


def chosen_kinds(values: list[str] | None) -> set[TextKind]:
    return {kind for kind in TextKind if kind.value in (values or ())}


def words_of_authority() -> OpennessWords:
    return openness_words(settings().authority.disclosure_words)
