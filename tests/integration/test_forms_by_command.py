"""`tillsyn guides export-xlsform` and `import-xlsform`: files, reports in two languages, exit codes."""

from pathlib import Path

import pytest

from benchmarks.large_form import large_form
from tests.workbooks import form
from tillsyn.inspect.cli import main
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.guide_writing import guide_as_written, write_guide

ROWS = (
    ("type", "name", "label::Svenska (sv)", "label::English (en)", "required"),
    ("begin_group", "part_1", "Del ett", "Part one"),
    ("select_one yn", "q1", "Hur är natten?", "What is the night like?", "yes"),
    ("end_group",),
)
CHOICES = (("list_name", "name", "label::Svenska (sv)"), ("yn", "yes", "Bra"))


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    with pytest.raises(SystemExit) as end:
        main(["guides", *map(str, arguments)])
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


def test_a_guide_goes_out_as_a_form_and_comes_back_as_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, back = tmp_path / "guide.xlsx", tmp_path / "guide.yaml"
    guide = load_pack().guides[0]
    assert run(capsys, "export-xlsform", guide.id, "--output", file)[0] == 0
    code, out, err = run(capsys, "import-xlsform", file, "--output", back)
    assert (code, out) == (0, "")
    assert f"{len(guide.questions)} questions" in err
    assert back.read_text("utf-8") == write_guide(guide_as_written(guide)).text


def test_the_report_tells_what_is_needed_and_what_is_lost_in_the_readers_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, to = tmp_path / "natt.xlsx", tmp_path / "natt.yaml"
    file.write_bytes(form(*ROWS, choices=CHOICES))
    code, out, err = run(capsys, "import-xlsform", file, "--output", to)
    assert code == 0
    assert "natt.xlsx:survey!B3: Needs an area" in out
    assert "natt.xlsx:survey!E3: required: yes: Nobody must answer" in out
    assert "natt.xlsx:choices!A2: list_name: yn: Bra: The questions of a guide are open" in out
    assert "1 questions written to natt.yaml; 1 need an area" in err
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    _, out, _ = run(capsys, "import-xlsform", file, "--output", to)
    assert "Att fylla i" in out
    assert "natt.xlsx:survey!B3: Behöver ett område" in out
    assert "Ingen måste svara" in out


def test_what_is_said_of_the_form_places_its_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, to, report = tmp_path / "natt.xlsx", tmp_path / "natt.yaml", tmp_path / "report.txt"
    file.write_bytes(form(*ROWS, choices=CHOICES))
    code, out, _ = run(
        capsys, "import-xlsform", file, "--output", to, "--area", "part_1=TRY", "--area", "VAR", "--theme", "natt",
        "--id", "night", "--informant", "staff", "--version", "1", "--report", report,
    )  # fmt: skip
    assert (code, out) == (0, "")
    text = to.read_text("utf-8")
    assert text.startswith("id: night\ninformant: staff\nversion: 1\n")
    assert "    area: TRY\n    theme: natt\n" in text
    assert "Needs an area" not in report.read_text("utf-8")


def test_a_long_report_is_short_on_the_screen_and_whole_in_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, to, report = tmp_path / "large.xlsx", tmp_path / "large.yaml", tmp_path / "report.txt"
    file.write_bytes(large_form(120))
    _, out, _ = run(capsys, "import-xlsform", file, "--output", to)
    run(capsys, "import-xlsform", file, "--output", to, "--report", report)
    assert "survey!B8 … (120): Needs an area" in out
    line = next(line for line in report.read_text("utf-8").splitlines() if "Needs an area" in line)
    assert "B8–11, 13–14, " in line
    assert len(out.splitlines()) == len(report.read_text("utf-8").splitlines())


def test_a_file_that_is_no_form_is_unusable_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, to = tmp_path / "sums.xlsx", tmp_path / "sums.yaml"
    file.write_bytes(form(ROWS[0], ("text", "q1", "=1+1", "=2+2")))
    code, out, err = run(capsys, "import-xlsform", file, "--output", to)
    assert (code, out) == (2, "")
    assert "sums.xlsx:survey!C2: holds a formula" in err
    assert "sums.xlsx:survey!D2: holds a formula" in err
    assert not to.exists()


def test_what_does_not_exist_is_told_with_what_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "x.xlsx"
    code, _, err = run(capsys, "export-xlsform", "no_such", "--output", to)
    assert code == 2 and load_pack().guides[0].id in err
    code, _, err = run(capsys, "export-xlsform", "no_such", "--pack", "none", "--output", to)
    assert code == 2 and load_pack().id in err
    file = tmp_path / "natt.xlsx"
    file.write_bytes(form(*ROWS))
    for wrong in (("--language", "fr"), ("--language", "English=de"), ("--area", "x=")):
        assert run(capsys, "import-xlsform", file, "--output", to, *wrong)[0] == 2
