"""The texts of a project and what is marked in them: text sources, the text of PDFs, transcripts."""

from collections.abc import Iterator

from ...models.vocabulary import N_
from .refi_qda_model import Selection, Source
from .refi_qda_positions import Span, code_points
from .refi_qda_reading import Reading, plain_guid
from .refi_qda_xml import Node

_WITHOUT_TEXT = ("PictureSource", "AudioSource", "VideoSource")
"""Taken in only as far as there is a transcript."""


def read_sources(reading: Reading, sources: list[Node]) -> Iterator[Source]:
    for node in sources:
        if node.name == "TextSource":
            yield from _source(reading, node)
        elif node.name == "PDFSource":
            reading.left_out["PDFSelection"] += len(node.all("PDFSelection"))
            inner = node.first("Representation")
            if inner is None:
                reading.left_out["PDFSource"] += 1
            else:
                yield from _source(reading, inner, outer=node)
        elif node.name in _WITHOUT_TEXT:
            reading.left_out[node.name] += 1
            for transcript in node.all("Transcript"):
                yield from _source(reading, transcript, outer=node)


def _source(reading: Reading, node: Node, outer: Node | None = None) -> Iterator[Source]:
    """The text in `node`; `outer` is the PDF or recording that it is the text of."""
    text = reading.text(node, is_source=True)
    if text is None:
        return
    is_transcript = node.name == "Transcript"
    marked = _transcript_spans(reading, node) if is_transcript else _text_spans(reading, node)
    spans = [span for _, span in marked]
    places = code_points(text.text, spans, origin=reading.origin, had_mark=text.had_mark)
    selections = []
    for (one, span), place in zip(marked, places, strict=True):
        if place is not None:
            selections.append(_selection(reading, one, *place))
        else:
            reading.fault(
                one,
                N_("lies outside the text: from %(begins)s to %(ends)s, but the text has %(num)s characters"),
                begins=span.begins,
                ends=span.ends,
                num=len(text.text),
            )
    named = node if outer is None else outer
    about = (node,) if outer is None else (node, outer)
    yield Source(
        guid=reading.identity(node if is_transcript else named),
        name=named.attributes.get("name", "") or node.attributes.get("name", ""),
        text=text.text,
        description=named.words("Description"),
        selections=tuple(selections),
        codings=tuple(ref for one in about for ref in reading.codings(one)),
        notes=tuple(note for one in about for note in reading.notes_of(one, reading.guid(one))),
        values=tuple(value for one in about for value in reading.values(one)),
        **reading.made(named),
    )


def _text_spans(reading: Reading, node: Node) -> list[tuple[Node, Span]]:
    found = []
    for one in node.all("PlainTextSelection"):
        ends = (one.attributes.get(name, "") for name in ("startPosition", "endPosition"))
        span = _span(reading, one, *ends)
        if span is not None:
            found.append((one, span))
    return found


def _transcript_spans(reading: Reading, node: Node) -> list[tuple[Node, Span]]:
    """Selections of a transcript go from one moment to another; the moments know their place in the text."""
    points = {reading.guid(one): one.attributes.get("position") for one in node.all("SyncPoint")}
    found = []
    for one in node.all("TranscriptSelection"):
        begins, ends = (
            points.get(plain_guid(one.attributes.get(name, ""))) for name in ("fromSyncPoint", "toSyncPoint")
        )
        if begins is None or ends is None:
            reading.left_out["TranscriptSelection"] += 1
            continue
        span = _span(reading, one, begins, ends)
        if span is not None:
            found.append((one, span))
    return found


def _span(reading: Reading, node: Node, begins: str, ends: str) -> Span | None:
    try:
        span = Span(int(begins), int(ends), node.attributes.get("name", ""))
    except ValueError:
        reading.fault(node, N_("has no whole numbers for where it begins and ends"))
        return None
    if span.ends < span.begins:
        text = N_("ends (%(ends)s) before it begins (%(begins)s)")
        reading.fault(node, text, ends=span.ends, begins=span.begins)
        return None
    return span


def _selection(reading: Reading, node: Node, begins: int, ends: int) -> Selection:
    guid = reading.identity(node)
    return Selection(
        guid=guid,
        begins=begins,
        ends=ends,
        name=node.attributes.get("name", ""),
        description=node.words("Description"),
        codings=tuple(reading.codings(node)),
        notes=reading.notes_of(node, guid),
        **reading.made(node),
    )
