"""The pages of a case say what the case's pack calls people, the place and its manager.

Which sentences that takes is found in the catalogue: those with such a word, in either language, that stand
in the source of anything that belongs to a case.
"""

import re
import shutil
from pathlib import Path

import pytest

from tillsyn.inspect.i18n import LANGUAGES, catalogue, translate, translate_for
from tillsyn.interview_guides.folders import check_pack
from tillsyn.interview_guides.guide import available_packs, default_pack, load_pack
from tillsyn.interview_guides.reading import PACKS
from tillsyn.interview_guides.ui_words import listed_sentences, load_ui_words
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.vocabulary import Informant, InformationItem
from tillsyn.translations import catalogue as messages

ENGLISH = re.compile(
    r"\bchild|\bhomes?\b|residential|HVB|guardian|young|social worker|placing|placement|\badult|SoL\b|SoF\b"
    r"|Social Services|report of concern|\blives?\b|\bliving\b",
    re.IGNORECASE,
)
SWEDISH = re.compile(
    r"\bbarn|\bhemm|\bhems?\b|HVB|vårdnadshavar|\bunga?\b|föreståndar|socialsekret|placera|socialtjänst"
    r"|SoL\b|SoF\b|vuxn|vuxen|orosanm|\bbor?\b",
    re.IGNORECASE,
)
NOT_OF_A_CASE = (
    "inspect/commands/",
    "inspect/rules/form_needs.py",
    "inspect/rules/guide_drafts.py",
    "inspect/rules/guide_from_form.py",
    "inspect/rules/inspection_file.py",
    "inspect/services/manage_users.py",
    "inspect/services/invite_provider.py",
    "inspect/web/colleagues.py",
    "inspect/web/forms/portal.py",
    "templates/account/",
    "templates/provider/colleagues.html",
    "inspect/exchange/register_table.py",
    "inspect/rules/register_rows.py",
    "inspect/rules/visit_reasons.py",
    "inspect/services/choose_visits.py",
    "inspect/services/import_register.py",
    "inspect/services/register_",
    "inspect/services/weigh_reasons.py",
    "inspect/web/choosing.py",
    "inspect/web/forms/choosing.py",
    "inspect/web/forms/homes.py",
    "inspect/web/forms/lists.py",
    "inspect/web/forms/municipalities.py",
    "inspect/web/history_words.py",
    "inspect/web/homes.py",
    "inspect/web/municipalities.py",
    "models/planning_words.py",
    "inspect/rules/openness.py",
    "models/openness_words.py",
    "inspect/web/forms/openness.py",
    "inspect/rules/sanctions.py",
    "inspect/services/pursue_sanction.py",
    "inspect/web/forms/sanctions.py",
    "templates/supervisor/sanction",
    "templates/supervisor/lead_times.html",
    "inspect/web/areas.py",
    "inspect/web/field_texts_device.py",
    "inspect/web/forms/guide_drafts.py",
    "inspect/web/forms/people.py",
    "inspect/web/forms/register.py",
    "inspect/web/guide_fault_words.py",
    "inspect/web/guides.py",
    "inspect/web/method_page.py",
    "inspect/web/register.py",
    "inspect/web/start_rows.py",
    "templates/account/",
    "templates/administrator/",
    "templates/children/",
    "templates/guides/",
    "templates/inspector/inspections.html",
    "templates/inspector/new_inspection_home.html",
    "templates/method_owner/",
    "templates/public/",
    "templates/register/",
)
"""Sanction fees and secrecy are of one law, whatever the pack (SoL 28:16; OSL).

Where texts belong to no case, or to several: the register, accounts, files, the guides of every pack. The
survey's pages for those who answer it have their words from `survey.yaml`."""

OF_THE_REGISTER = {
    "%(home)s is registered as: %(kind)s. Correct the register, or ask the method owner for a pack.",
    "Choose a home",
    "Search home, title or registration number",
    "There is no home in the register yet. Register the provider and its home first.",
    "There is no such home in the register.",
    "File with providers and homes",
    "Search home, municipality or provider",
    "Search home, municipality or reference number",
    EventKind.COMMITTEE_REGISTERED.title,
    EventKind.COMMITTEE_CHANGED.title,
    EventKind.SIGNAL_REGISTERED.title,
    EventKind.SIGNAL_READ.title,
    EventKind.SIGNAL_SET_ASIDE.title,
    EventKind.HOME_REGISTERED.title,
    EventKind.HOME_CHANGED.title,
}
"""Said before a case is there."""

FROM_PACK_YAML = {one.title for one in Informant} | {one.title for one in InformationItem}
OTHERS = [pack for pack in available_packs() if pack != default_pack()]


def named() -> dict[str, bool]:
    """Every message of a case's pages that names somebody, by its form for one: whether it is counted."""
    found = {}
    for message in messages.messages(messages.read("sv")).values():
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string)
        words = re.sub(r"%\(\w+\)s", "", " ".join(forms))
        if not ENGLISH.search(words) and not any(map(SWEDISH.search, said)):
            continue
        if not all(file.startswith(NOT_OF_A_CASE) for file, _line in message.locations):
            found[forms[0]] = len(forms) > 1
    return found


def test_every_sentence_of_a_case_that_names_somebody_is_listed() -> None:
    sentences, counted = listed_sentences()
    elsewhere = OF_THE_REGISTER | FROM_PACK_YAML
    missing = {text for text in named() if text not in sentences | counted} - elsewhere
    assert not missing, "list them in worded_by_packs.yaml, and word them in the ui.yaml of each pack"


def test_every_listed_sentence_is_said_somewhere() -> None:
    known = named()
    sentences, counted = listed_sentences()
    assert {text for text in sentences if known.get(text) is not False} == set()
    assert {text for text in counted if known.get(text) is not True} == set()


@pytest.mark.parametrize("pack", OTHERS)
def test_no_wording_of_another_pack_speaks_of_children_or_their_home(pack: str) -> None:
    words = load_ui_words(pack)
    texts = [*words.sentences.values(), *(form for forms in words.counted.values() for form in forms)]
    assert len(texts) > 100
    for text in texts:
        assert not re.search(r"\bbarn|HVB|hemmet|föreståndar|placerande", text.sv, re.IGNORECASE), text.sv
        assert not re.search(r"\bchild|HVB|the home\b(?! care)|placing", text.en, re.IGNORECASE), text.en


@pytest.mark.parametrize("pack", OTHERS)
def test_a_pack_says_its_own_sentence_and_the_rest_as_everybody(pack: str) -> None:
    for language in LANGUAGES:
        own = load_ui_words(pack).sentences["Add a child"].in_language(language)
        assert translate_for(pack, language, "Add a child") == own != translate(language, "Add a child")
        assert translate_for(pack, language, "Weighing") == translate(language, "Weighing")
        informant = load_pack(pack).informant("child")
        assert informant is not None
        assert translate_for(pack, language, Informant.CHILD.title) == informant.in_language(language)


@pytest.mark.parametrize("pack", OTHERS)
def test_one_and_several_are_counted_in_the_words_of_the_pack(pack: str) -> None:
    users = load_pack(pack).users
    for language in LANGUAGES:
        said = catalogue(language, pack)
        for number, word in ((1, users.singular), (0, users.plural), (7, users.plural)):
            forms = "%(num)s child", "%(num)s children"
            counted = said.ngettext(*forms, number) % {"num": number}
            assert counted == f"{number} {word.in_language(language)}"


def test_the_default_pack_needs_no_words_of_its_own() -> None:
    assert not load_ui_words(default_pack())
    assert translate_for(default_pack(), "en", "Add a child") == "Add a child"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('  "Add a child":', '  "Add a chidl":', "no page of a case says 'Add a chidl'"),
        ('  "Add a child":', '  "Add a chidl":', "the sentence has no wording here: 'Add a child'"),
        ("%(person)s står kvar", "Personen står kvar", "'sv' must hold %(person)s"),
        ("    other: {sv:", "    others: {sv:", "the field 'other' is missing"),
    ],
)
def test_a_fault_in_the_words_of_a_pack_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = shutil.copytree(PACKS / OTHERS[0], tmp_path / OTHERS[0])
    file = folder / "ui.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    faults = [fault for fault in check_pack(folder) if fault.path == file]
    assert said in [fault.message for fault in faults]
    assert all(0 < fault.line <= text.count("\n") for fault in faults)


def test_a_pack_for_other_people_without_words_is_a_fault(tmp_path: Path) -> None:
    folder = shutil.copytree(PACKS / OTHERS[0], tmp_path / OTHERS[0])
    (folder / "ui.yaml").unlink()
    assert any("there is no ui.yaml" in fault.message for fault in check_pack(folder))
