"""`tillsyn guides export`: files that the reader takes, and that change only where something was changed."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tillsyn.inspect.commands import guide_export
from tillsyn.inspect.errors import NotFound
from tillsyn.inspect.rules import guide_drafts as drafts
from tillsyn.inspect.services.edit_guide_draft import save_part, start_guide_draft
from tillsyn.inspect.services.export_guides import export_guides
from tillsyn.inspect.services.publish_guide import hand_over_draft, publish_guide
from tillsyn.interview_guides.guide import available_packs, check_pack, load_pack
from tillsyn.interview_guides.reading import PACKS, read_pack
from tillsyn.models.guides import GuideVersion
from tillsyn.models.vocabulary import Role


def published(db: Session) -> GuideVersion:
    owner, chief = acting(make_user(db, Role.METHOD_OWNER)), acting(make_user(db, Role.SUPERVISOR))
    draft = start_guide_draft(db, actor=owner, pack="hvb", guide="child_6_12", now=NOW)
    number = drafts.number_of(drafts.fields_of(draft.content, "C02"))
    save_part(
        db, actor=owner, draft_id=draft.id, part="C02", number=number,
        fields={"text_sv": "Vad gör du helst här?"}, now=NOW,
    )  # fmt: skip
    hand_over_draft(db, actor=owner, draft_id=draft.id, valid_from=NOW.date(), now=NOW)
    return publish_guide(
        db, actor=chief, draft_id=draft.id, digest=draft.content_sha256, valid_from=NOW.date(), now=NOW
    )


@pytest.mark.parametrize("pack", available_packs())
def test_what_is_not_changed_is_exported_as_the_reader_takes_it(
    db: Session, pack: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(PACKS / pack, tmp_path / pack))
    for name, text in export_guides(db, pack=pack, on=NOW.date()).items():
        (folder / "guides" / f"{name}.yaml").write_text(text, "utf-8")
    assert [fault for fault in check_pack(folder) if fault.path.parent.name == "guides"] == []
    assert read_pack(folder)[0].guides == load_pack(pack).guides


def test_what_was_published_differs_in_the_lines_that_were_changed(db: Session, tmp_path: Path) -> None:
    made = published(db)
    before = (PACKS / "hvb" / "guides" / "child_6_12.yaml").read_text("utf-8").splitlines()
    after = export_guides(db, pack="hvb", guide="child_6_12", on=NOW.date())["child_6_12"].splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new.strip() for _old, new in changed] == [
        f'version: "{made.version}"' if '"' in changed[0][1] else f"version: {made.version}",
        "sv: Vad gör du helst här?",
    ]


def test_a_version_is_exported_by_its_name(db: Session) -> None:
    made = published(db)
    own = load_pack("hvb").guide("child_6_12").version
    first = export_guides(db, pack="hvb", guide="child_6_12", version=own, on=NOW.date())
    named = export_guides(db, pack="hvb", guide="child_6_12", version=made.version, on=NOW.date())
    assert "helst här" not in first["child_6_12"] and "helst här" in named["child_6_12"]
    for wrong in ({"pack": "nothing"}, {"pack": "hvb", "guide": "nobody"}):
        with pytest.raises(NotFound):
            export_guides(db, on=NOW.date(), **wrong)
    with pytest.raises(NotFound, match="no version 1999-1"):
        export_guides(db, pack="hvb", guide="child_6_12", version="1999-1", on=NOW.date())


def test_the_command_writes_the_files_and_says_which_are_as_they_were(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLSYN_DATABASE_URL", own_database_url)
    monkeypatch.setenv("TILLSYN_INSTANCE", str(tmp_path / "instance"))
    command, arguments = guide_export.export, ["hvb", "child_6_12", "--output", str(tmp_path / "hvb")]
    first = CliRunner().invoke(command, arguments)
    assert first.exit_code == 0 and "written" in first.stderr, first.output
    again = CliRunner().invoke(command, arguments)
    assert "as it was" in again.stderr
    own = PACKS / "hvb" / "guides" / "child_6_12.yaml"
    assert (tmp_path / "hvb" / "guides" / "child_6_12.yaml").read_text("utf-8") == own.read_text("utf-8")
    refused = CliRunner().invoke(command, ["hvb", "--version", "2026-1", "--output", str(tmp_path)])
    assert refused.exit_code == 2
