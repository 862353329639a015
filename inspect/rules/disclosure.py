"""Who may be named as a source in what leaves the authority (METHOD 2.17, the k-rule).

The rule itself stands in weighing/external_view.py; here it is asked about what a letter is made of.
"""

from collections.abc import Iterable, Sequence

from ...models.vocabulary import Wish
from .case_view import Said
from .weighing import Perspective, external_view

ADULTS = frozenset({Perspective.STAFF, Perspective.MANAGER})


def may_name_children(behind: Sequence[Said], heard: Iterable[str]) -> bool:
    """Rule 2: may the word "children" stand beside this?

    `behind` is what was said on the matter, `heard` the children heard in the area.
    """
    children = [one for one in behind if one.is_child]
    return external_view.may_name_children(
        {one.source for one in children},
        set(heard),
        consented=all(one.wish is Wish.MAY_BE_TOLD for one in children),
    )


def may_name_adults(behind: Sequence[Said]) -> bool:
    """Rule 3: staff and managers are named together, and only when three of them are behind it."""
    return external_view.may_name_adults({one.source for one in behind if one.perspective in ADULTS})


def source_labels(behind: Sequence[Said], heard: Iterable[str], *, checked: bool = False) -> tuple[str, ...]:
    """The kinds of sources, as keys of the wording; children always first.

    What may not be named makes the whole line say only that there are several sources, or, when
    there is but one, that it is what we heard: naming the rest would point at what is left out.
    """
    named: list[str] = []
    hidden = False
    if any(one.is_child for one in behind):
        if may_name_children(behind, heard):
            named.append("children")
        else:
            hidden = True
    if any(one.perspective in ADULTS for one in behind):
        if may_name_adults(behind):
            named.append("staff")
        else:
            hidden = True
    if any(one.perspective is Perspective.OTHER for one in behind):
        hidden = True
    if any(one.perspective is Perspective.OBSERVATION for one in behind):
        named.append("observations")
    if any(one.perspective is Perspective.DOCUMENT for one in behind):
        named.append("documents")
    if not hidden:
        return tuple(named) + (("check",) if checked else ())
    sources = {one.source for one in behind}
    return ("several",) if len(sources) + checked >= 2 else ("heard",)
