"""The papers of a request for documents: what goes out, and a decision not to disclose.

The masked texts are made here, from the frozen texts and the masks that stand; the paper gets nothing else.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from ...interview_guides.openness_words import OpennessWords, openness_words
from ...models.inspections import Inspection
from ...models.openness import DisclosureRequest, DisclosureText
from ...models.openness_words import AskOutcome, Assessed, Ground
from ...reports.disclosure_pdf import render_paper
from ..rules.masking import joined, mask_words, masked
from ..settings import AuthorityDetails
from .disclosure_wording import Sender, Shown, disclosure, refusal
from .find_disclosure import spans_of


def going_out(text: DisclosureText, words: OpennessWords | None = None, name: str = "") -> str:
    """The text as it goes out: masked, or, where nothing of it does, the words for a mask alone.

    Of a file, what goes out beside it; `name`: what the file is called that leaves.
    """
    if text.assessed is Assessed.WITHHELD and text.ground is not None:
        return mask_words((text.ground,))
    said = masked(text.text, spans_of(text))
    if not text.kind.is_file or text.assessed is None:
        return said
    words = words or openness_words()
    mask = mask_words((text.ground,)) if text.ground is not None else ""
    if text.assessed is Assessed.TRANSCRIPT:
        return f"{words.one('goes_as_transcript').format(mask=mask)}\n{said}"
    if text.assessed is Assessed.COPY:
        digest = hashlib.sha256(text.copy or b"").hexdigest()
        return f"{said}\n{words.one('goes_as_copy').format(name=name, sha256=digest, mask=mask)}"
    return f"{said}\n{words.one('goes_as_it_is').format(name=name, sha256=text.file_sha256)}"


def grounds_of(request: DisclosureRequest) -> tuple[Ground, ...]:
    """The sections that anything is masked on, in the order of the list."""
    found: set[Ground] = set()
    for text in request.texts:
        if text.ground is not None:
            found.add(text.ground)
        if text.assessed is not Assessed.WITHHELD:
            found.update(one for _, _, grounds in joined(text.text, spans_of(text)) for one in grounds)
    return tuple(one for one in Ground if one in found)


def disclosure_paper(
    inspection: Inspection,
    request: DisclosureRequest,
    outcome: AskOutcome,
    authority: AuthorityDetails,
    *,
    left_on: date,
    names: Mapping[UUID, str],
) -> bytes:
    """The file that leaves, as tagged PDF. `names`: of the files beside it, by the id of their text."""
    words = openness_words(authority.disclosure_words)
    return render_paper(
        disclosure(
            _sender(authority),
            words,
            dnr=inspection.dnr,
            ask=request.kind,
            came_on=request.came_on,
            left_on=left_on,
            outcome=outcome,
            texts=[
                Shown(one.kind, one.dated_on, going_out(one, words, names.get(one.id, "")))
                for one in sorted(request.texts, key=lambda one: one.position)
            ],
            grounds=grounds_of(request),
        )
    )


def decision_paper(
    inspection: Inspection,
    request: DisclosureRequest,
    authority: AuthorityDetails,
    *,
    decided_on: date,
    decider: str,
    reasons: str,
) -> bytes:
    """The decision not to disclose, as tagged PDF, with how to appeal."""
    return render_paper(
        refusal(
            _sender(authority),
            openness_words(authority.disclosure_words),
            dnr=inspection.dnr,
            ask=request.kind,
            came_on=request.came_on,
            wanted_on=request.wanted_on or decided_on,
            decided_on=decided_on,
            outcome=request.outcome or AskOutcome.PARTLY,
            reasons=reasons,
            grounds=grounds_of(request),
            decider=decider,
        )
    )


def _sender(authority: AuthorityDetails) -> Sender:
    lines = (authority.name, *authority.address.splitlines(), *authority.contact.splitlines(), authority.web)
    told = tuple(line.strip() for said in lines for line in said.split(",") if line.strip())
    return Sender(authority.name, authority.unit, told, authority.colour)
