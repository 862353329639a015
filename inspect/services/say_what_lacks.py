"""What is said when the parts cannot make a letter, in the reader's language and with what to do."""

from collections.abc import Mapping

from ...models.vocabulary import N_
from ...reports.content import ContentError
from ..errors import NotPossibleNow
from ..rules.letter_obstacles import NEEDED

PUT_BACK = N_(
    "“%(title)s”: a part that the law wants told of every deficiency is empty. Write in the paragraph, or put"
    " it back into the letter."
)
UNNAMED = N_("A deficiency has no heading. Write one in the finding.")
LACKS: Mapping[str, str] = {
    "deficiency.title": UNNAMED,
    "deficiency.saw": NEEDED["saw"],
    "deficiency.matters": NEEDED["matters"],
    "deficiency.proportion": NEEDED["proportion"],
    "deficiency.achieve": NEEDED["achieve"],
    "deficiency.due": NEEDED["due_on"],
    **dict.fromkeys(("deficiency.sources", "deficiency.rule"), PUT_BACK),
    **dict.fromkeys(("deficiency.level", "deficiency.your_view"), PUT_BACK),
    "title": N_(
        "The letter has no title. Write one in the paragraph at its top, or take back what stood there."
    ),
    "heading": N_("A section has no heading. Write one, or take back what stood there."),
    "word": N_(
        "“%(title)s” is too long to stand as the word of an area: at most 40 characters. Write the reasons in"
        " the paragraph below it."
    ),
    "common": N_(
        "Under “%(title)s” a paragraph is left out that those below it rest on. Put it back into the letter."
    ),
    "sender": N_("The authority has no name. Whoever runs the system writes it in the settings."),
    "logo": N_(
        "The logo of the authority cannot be used: it is PNG or SVG, and has words for those who do not see"
        " it. Whoever runs the system puts it right in the settings."
    ),
    "colour": N_(
        "The colour of the authority cannot be read well on white. Whoever runs the system chooses a darker"
        " one in the settings."
    ),
}
"""By what is lacking (reports.blocks.ContentError.lacks)."""

NO_FAULT_OF_YOURS = N_(
    "The letter cannot be made, by a fault that nobody can put right in it. Nothing that is written is lost."
    " Send these words to whoever runs the system: “%(what)s”."
)


def not_whole(fault: Exception) -> NotPossibleNow:
    """What is said when the parts cannot make a letter (ContentError, NotAccessible)."""
    if isinstance(fault, ContentError) and fault.lacks:
        untitled = "%(title)s" in LACKS[fault.lacks] and not fault.about
        reason = UNNAMED if untitled else LACKS[fault.lacks]
        return NotPossibleNow(reason, {"title": fault.about})
    return NotPossibleNow(NO_FAULT_OF_YOURS, {"what": str(fault)})
