"""Our code book as codes of the exchange format, in the reader's language."""

from collections.abc import Iterable, Iterator

from ...interview_guides.guide import Pack, Requirement, SeverityAnchor, Theme
from ...models.vocabulary import N_
from ..exchange.refi_qda_model import Code
from ..i18n import translate, translate_for
from ..rules.code_exchange import (
    FOREIGN_GROUP,
    SEVERITY_GROUP,
    foreign_guid,
    guid_of,
    severity_guid,
    step_name,
    theme_guid,
)

_SCALE = N_("What it means for the child. One step for each coded passage.")


def code_book(pack: Pack, language: str) -> tuple[Code, ...]:
    """The pack's areas with their themes, then the severity scale. Groups are not codable.

    Names and descriptions are in `language` (sv or en). The code book has a version: it stands in the
    description of each group, for the format has no other place for it.
    """
    version = translate(language, N_("Code book %(id)s %(version)s."), id=pack.id, version=pack.version)
    areas = tuple(
        Code(
            guid=guid_of(pack.id, "area", area.id),
            name=area.name.in_language(language),
            is_codable=False,
            description=f"{translate(language, N_('Assessment area.'))} {version}",
            codes=tuple(_theme(pack, theme, language) for theme in pack.themes_in(area)),
        )
        for area in pack.areas
    )
    scale = Code(
        guid=guid_of(pack.id, SEVERITY_GROUP),
        name=translate(language, N_("Severity 0–4")),
        is_codable=False,
        description=f"{translate_for(pack.id, language, _SCALE)} {version}",
        codes=tuple(_step(pack, anchor, language) for anchor in pack.severity),
    )
    return (*areas, scale)


def foreign_codes(names: Iterable[str], language: str) -> tuple[Code, ...]:
    """The codes of other programs that passages still carry, in a group of their own."""
    kept = tuple(Code(foreign_guid(name), name) for name in sorted(set(names)))
    if not kept:
        return ()
    name = translate(language, N_("Codes from other programs"))
    return (Code(guid_of(FOREIGN_GROUP), name, is_codable=False, codes=kept),)


def _theme(pack: Pack, theme: Theme, language: str) -> Code:
    checked = [one for one in pack.requirements if theme.id in one.themes]
    other = "en" if language == "sv" else "sv"
    lines = [
        translate(language, N_("Also called: %(name)s."), name=theme.name.in_language(other)),
        *_requirements(checked, language),
        f"{pack.id}/theme/{theme.id}",
    ]
    return Code(theme_guid(pack, theme.id), theme.name.in_language(language), description="\n".join(lines))


def _requirements(checked: list[Requirement], language: str) -> Iterator[str]:
    if checked:
        yield translate(language, N_("Requirements:"))
    for one in checked:
        yield f"{one.id} {one.title.in_language(language)}"


def _step(pack: Pack, anchor: SeverityAnchor, language: str) -> Code:
    lines = [
        anchor.text.in_language(language),
        *(f"– {example.in_language(language)}" for example in anchor.examples),
        f"{pack.id}/severity/{anchor.severity}",
    ]
    return Code(
        severity_guid(pack, anchor.severity), step_name(anchor, language), description="\n".join(lines)
    )
