"""Time to make a guide of an XLSForm of 250 and of 1 000 questions, beside pyxform's own time for the same.

pyxform's time is what it needs to read the file and understand it as a form; making an XForm of it, which it
is mostly used for, comes on top and is no part of an import. Ours is the whole import: limits, reading, what
pyxform says of the form, the guide, its file and the report. In brackets the time of the processor, which
other work on the machine does not lengthen.
"""

import gc
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from tillsyn.inspect.cli import OBJECTS_BEFORE_CLEANING
from tillsyn.inspect.services.export_guide_form import export_guide_form
from tillsyn.inspect.services.import_guide_form import import_guide_form
from tillsyn.interview_guides.guide import load_pack

from .large_form import large_form

SIZES = ((250, "aim: under 200 ms beside it"), (1_000, "aim: under 1 s in all"))
ROUNDS = 9


def measure() -> None:
    gc.set_threshold(OBJECTS_BEFORE_CLEANING, 10, 10)  # as the command line has it
    pack = load_pack()
    for questions, aim in SIZES:
        content = large_form(questions)
        made = import_guide_form(content, pack=pack)
        theirs = _taken(partial(_as_pyxform, content))
        ours = _taken(partial(import_guide_form, content, pack=pack))
        told = f"{len(made.report)} lines in the report"
        print(f"{made.questions} questions, {len(content) / 1024:.0f} kB, {told}")
        print(f"{_told(theirs)}  pyxform by itself: reading the file, understanding the form")
        beyond = f"{ours[0] - theirs[0]:+.0f} ms ({ours[1] - theirs[1]:+.0f}) beside pyxform"
        print(f"{_told(ours)}  the import in all, {beyond}; {aim}")
    guide = max(pack.guides, key=lambda guide: len(guide.questions))
    form = export_guide_form(pack, guide)
    count = len(guide.questions)
    print(f"{_told(_taken(partial(export_guide_form, pack, guide)))}  export of a guide of {count} questions")
    print(f"{_told(_taken(partial(import_guide_form, form, pack=pack)))}  and its import again")


def _as_pyxform(content: bytes) -> None:
    workbook_to_json(get_xlsform(content, file_type=".xlsx"), warnings=[])


def _taken(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor; each the median."""
    by_clock, of_processor = [], []
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), time.process_time()
        run()
        by_clock.append((time.perf_counter() - start) * 1000)
        of_processor.append((time.process_time() - used) * 1000)
    return median(by_clock), median(of_processor)


def _told(taken: tuple[float, float]) -> str:
    return f"{taken[0]:7.0f} ms ({taken[1]:.0f})"
