"""Forms made into guides, for the tests."""

from tests.workbooks import Rows, form
from tillsyn.inspect.exchange.xlsform_report import Fate
from tillsyn.inspect.rules.form_placing import Placing
from tillsyn.inspect.rules.guide_from_form import Plain
from tillsyn.inspect.services.import_guide_form import ImportedForm, import_guide_form
from tillsyn.interview_guides.guide import load_pack

BOTH = ("type", "name", "label::Svenska (sv)", "label::English (en)")
NOBODY = Placing()


def made(*rows: tuple[object, ...], placing: Placing = NOBODY, **sheets: Rows) -> ImportedForm:
    return import_guide_form(form(*rows, **sheets), pack=load_pack("hvb"), placing=placing)


def question(imported: ImportedForm, id: str) -> Plain:
    return next(one for one in imported.written["questions"] if one["id"] == id)


def told(imported: ImportedForm, fate: Fate) -> dict[str, str]:
    """The reasons by place."""
    return {f"{line.place} {line.value}".strip(): line.text % line.values for line in imported.lines(fate)}
