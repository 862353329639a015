"""Every cell of a form that is not carried over, with the reason; and what pyxform says of the form."""

from collections import defaultdict
from collections.abc import Container

from ...models.vocabulary import N_
from ..exchange.xlsform_columns import OWN
from ..exchange.xlsform_model import Item, Row
from ..exchange.xlsform_read import GROUP, REPEAT, is_off
from ..exchange.xlsform_report import Fate
from .form_reasons import (
    CHOICES,
    OTHER_LANGUAGE,
    SETTING,
    UNKNOWN_COLUMN,
    WORDS,
    reason,
    reason_of_choice_column,
    reason_of_loose,
    reason_of_row,
)
from .form_record import FormRecord

_CHOICES_TOLD = 12


def tell_leftovers(record: FormRecord, asked: Container[int]) -> None:
    """`asked`: the rows whose words are in the guide."""
    _tell_of_survey(record, asked)
    _tell_of_choices(record)
    for cell in record.left_settings():
        assert record.form.settings is not None  # noqa: S101 - the cell is from there  # nosec B101
        record.report.cell(Fate.LEFT_OUT, record.form.settings.name, cell, SETTING)
    for sheet in record.form.others:
        for row in sheet.rows:
            for cell in row.cells:
                record.report.cell(Fate.LEFT_OUT, sheet.name, cell, UNKNOWN_COLUMN, whole_column=True)
    for name in record.form.unread:
        record.report.add(Fate.LEFT_OUT, name, N_("The sheet is none of the standard and was not read"))
    for sheet_name, letter, row_number in record.form.stored:
        text = N_("Holds a formula: the value that the file stores was read, and nothing was evaluated")
        record.report.add(Fate.CHANGED, sheet_name, text, row=row_number, letter=letter)
    _tell_of_standard(record)


def _tell_of_survey(record: FormRecord, asked: Container[int]) -> None:
    survey, report = record.form.survey, record.report
    for item in record.form.items:
        whole_row = None if item.number in asked else reason_of_row(item)
        left = list(record.left(item.row))
        if whole_row is not None and left:
            report.add(Fate.LEFT_OUT, survey.name, whole_row, row=item.number, value=_in_short(record, item))
            continue
        if item.kind in (GROUP, REPEAT) and any(cell.column.field in WORDS for cell in left):
            heading = next(cell for cell in left if cell.column.field in WORDS)
            told = heading._replace(value=_words_of(record, item.row) or heading.value)
            report.cell(Fate.LEFT_OUT, survey.name, told, reason(item, heading, asked=False)[0])
            left = [cell for cell in left if cell.column.field not in WORDS]
        for cell in left:
            text, whole = reason(item, cell, asked=item.number in asked)
            if cell.column.field in WORDS and record.languages.of(cell.column.language) is None:
                text, whole = OTHER_LANGUAGE, True
            report.cell(Fate.LEFT_OUT, survey.name, cell, text, whole_column=whole)
    for row in record.form.loose:
        ends = bool(row.value("type")) and not is_off(row)
        for cell in row.cells:
            if not (ends and cell.column.field in ("type", "name")):
                text = reason_of_loose(row.value("type"), cell, off=is_off(row))
                report.cell(Fate.LEFT_OUT, survey.name, cell, text)
    plain = [column for column in survey.columns if column.field == "label" and not column.language]
    if plain and record.languages.assumed:
        text = N_("The column does not say its language; it is taken as Swedish")
        report.add(Fate.CHANGED, survey.name, text, row=1, letter=plain[0].letter, header=plain[0].header)


def _tell_of_choices(record: FormRecord) -> None:
    """One line for each list, with its alternatives; and one for each further column of the sheet."""
    sheet = record.form.choices
    if sheet is None:
        return
    ours = record.form.setting(f"{OWN}format") != ""
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        name = row.value("list_name")
        if not (ours and name.startswith(OWN)):
            lists[name].append(row)
    for name, rows in lists.items():
        told = [_words_of(record, row) or row.value("name") for row in rows[:_CHOICES_TOLD]]
        more = f" … ({len(rows)})" if len(rows) > _CHOICES_TOLD else ""
        value = f"{name}: {' / '.join(told)}{more}"
        for row in rows:
            first = row.cell("list_name") or row.cells[0]
            record.report.add(
                Fate.LEFT_OUT, sheet.name, CHOICES, row=row.number, letter=first.column.letter,
                header=first.column.header, value=value,
            )  # fmt: skip
            for cell in row.cells:
                if cell.column.field not in ("list_name", "name", "label"):
                    text = reason_of_choice_column(cell)
                    record.report.cell(Fate.LEFT_OUT, sheet.name, cell, text, whole_column=True)


def _in_short(record: FormRecord, item: Item) -> str:
    """Type, name, words and what is calculated."""
    said = _words_of(record, item.row)
    calculated = [item.row.value(field) for field in ("calculation", "default") if item.row.value(field)]
    named = " ".join(dict.fromkeys(one for one in (item.type, item.name) if one))
    return ": ".join([named, *([said] if said else []), *calculated])


def _words_of(record: FormRecord, row: Row) -> str:
    """The label in the first of our languages that has one, else in any."""
    texts, _ = record.languages.wording(row.all("label"))
    return next(iter(texts.values()), "") or next((cell.value for cell in row.all("label")), "")


def _tell_of_standard(record: FormRecord) -> None:
    form = record.form
    for number, said in enumerate(form.said):
        if number == 0 and form.refused:
            text = N_("does not keep the standard and was read as far as it can be understood: %(said)s")
        else:
            text = N_("remarked: %(said)s")
        record.report.add(Fate.REMARKED, form.survey.name, text, said=said)
