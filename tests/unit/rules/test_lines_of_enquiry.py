"""What points to an area, and what stands first; nothing is added up."""

from typing import Any

import pytest

from tillsyn.inspect.rules.lines_of_enquiry import Known, OwnArea, pictures
from tillsyn.inspect.rules.survey_results import AreaVoice
from tillsyn.models.vocabulary import EnquiryKind, OwnPicture

K = EnquiryKind


def known(**what: Any) -> Known:
    return Known(**{"children": {}, "manager": {}, "earlier": {}, "promised": {}, **what})


def kinds(**what: Any) -> tuple[EnquiryKind, ...]:
    return pictures(["TRY"], known(**{name: {"TRY": value} for name, value in what.items()}))[0].kinds


@pytest.mark.parametrize(
    ("sad", "happy", "picture", "expected"),
    [
        (3, 5, OwnPicture.WELL, (K.APART, K.CHILDREN)),
        (2, 6, OwnPicture.WELL, (K.CHILDREN,)),
        (0, 6, OwnPicture.POORLY, (K.APART, K.MANAGER)),
        (0, 9, OwnPicture.MOSTLY, ()),
        (0, 5, OwnPicture.PARTLY, (K.MANAGER,)),
        (4, 4, OwnPicture.POORLY, (K.CHILDREN, K.MANAGER)),
        (4, 4, None, (K.CHILDREN,)),
    ],
)
def test_children_and_manager(
    sad: int, happy: int, picture: OwnPicture | None, expected: tuple[EnquiryKind, ...]
) -> None:
    voice = AreaVoice("TRY", sad=sad, happy=happy, chosen=9)
    assert kinds(children=voice, manager=OwnArea(picture)) == expected


def test_one_voice_is_enough_for_a_line_and_too_little_for_a_comparison() -> None:
    voice = AreaVoice("TRY", said_sad=True)
    assert kinds(children=voice, manager=OwnArea(OwnPicture.WELL)) == (K.CHILDREN,)


def test_the_last_letter_and_promises_point_to_their_areas() -> None:
    assert kinds(earlier=["Nätterna"]) == (K.EARLIER,)
    assert kinds(promised=["En vaken natt"]) == (K.PROMISED,)


def test_what_children_say_stands_first_and_the_saddest_foremost() -> None:
    found = pictures(
        ["A", "B", "C", "D"],
        known(
            children={"C": AreaVoice("C", sad=1, happy=8, chosen=9), "D": AreaVoice("D", sad=5, chosen=9)},
            earlier={"B": ["Brist"]},
        ),
    )
    assert [picture.area for picture in found] == ["D", "C", "B", "A"]
    assert found[-1].kinds == ()
