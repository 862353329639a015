"""`tillsyn guides check` and `list`: exit codes, one line a fault, JSON."""

import json
import shutil
from pathlib import Path

import pytest

from tillsyn.inspect.cli import main
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.interview_guides.reading import PACKS


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `tillsyn guides …`."""
    with pytest.raises(SystemExit) as end:
        main(["guides", *arguments])
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(PACKS / available_packs()[0], tmp_path / available_packs()[0]))
    file = folder / "areas.yaml"
    file.write_text(file.read_text("utf-8") + "  - id: NEW\n", "utf-8")
    return folder


def test_the_packs_of_the_product_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check") == (0, "", "no faults\n")


def test_a_fault_is_one_line_with_file_and_line(
    capsys: pytest.CaptureFixture[str], broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    last = len((broken / "areas.yaml").read_text("utf-8").splitlines())
    code, out, err = run(capsys, "check", str(broken))
    assert code == 1
    assert f"{broken.name}/areas.yaml:{last}: the field 'name' is missing" in out.splitlines()
    assert err.endswith("faults\n")


def test_faults_come_as_json_too(capsys: pytest.CaptureFixture[str], broken: Path) -> None:
    code, out, _ = run(capsys, "check", str(broken), "--format", "json")
    faults = json.loads(out)["faults"]
    assert code == 1
    assert {"file", "line", "message"} == set(faults[0])
    assert json.loads(run(capsys, "check", "--format", "json")[1]) == {"faults": []}


def test_a_folder_that_is_no_pack_is_unusable(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "check", str(tmp_path))
    assert (code, out) == (2, "")
    assert "there is no pack.yaml in it" in err


def test_the_packs_are_listed_with_what_they_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0
    assert all(f"{id} {load_pack(id).version} (" in out for id in available_packs())
    rows = json.loads(run(capsys, "list", "--format", "json")[1])["packs"]
    assert {row["pack"]: row["requirements"] for row in rows} == {
        id: len(load_pack(id).requirements) for id in available_packs()
    }
