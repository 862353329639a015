"""Faults of the tree of tags: what is read, in which order, and as what."""

from typing import Any

import pikepdf

from tests.unit.reports.damage import (
    Change,
    Damage,
    content,
    drawn_too,
    fonts,
    links,
    parent_tree,
    planted,
    tags,
    without,
)


def _role(old: str, new: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        tags(pdf, old)[0].S = pikepdf.Name(f"/{new}")

    return change


def _lost(role: str, which: int = 0) -> Change:
    """A tag taken away from what holds it, with all that is below it."""

    def change(pdf: pikepdf.Pdf) -> None:
        gone = tags(pdf, role)[which]
        _take(gone.P, gone)

    return change


def _take(holder: Any, gone: Any) -> None:
    kept = [kid for kid in holder.K if not (isinstance(kid, pikepdf.Object) and kid.objgen == gone.objgen)]
    holder.K = pikepdf.Array(kept)


def _without_entry(role: str, name: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del tags(pdf, role)[0][name]

    return change


def _wrong_order(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K[0]
    top.K[-1], top.K[-3] = top.K[-3], top.K[-1]


def _swapped_parents(pdf: pikepdf.Pdf) -> None:
    owners = parent_tree(pdf)[_of_page(pdf)]
    owners[0], owners[1] = owners[1], owners[0]


def _of_page(pdf: pikepdf.Pdf) -> int:
    """Where in the parent tree the owners of the first page's pieces stand."""
    nums = parent_tree(pdf)
    key = int(pdf.pages[0].StructParents)
    return next(at + 1 for at in range(0, len(nums), 2) if int(nums[at]) == key)


def _no_parent_of_last(pdf: pikepdf.Pdf) -> None:
    owners = parent_tree(pdf)[_of_page(pdf)]
    del owners[len(owners) - 1]


def _other_parent(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "H2")[0].P = tags(pdf, "L")[0]


def _foot_as_content(pdf: pikepdf.Pdf) -> None:
    """The line at the foot, which stands first among what is drawn, becomes a paragraph."""
    page, owners = pdf.pages[0], parent_tree(pdf)[_of_page(pdf)]
    number, top = len(owners), pdf.Root.StructTreeRoot.K[0]
    code = page.Contents.read_bytes()
    mark = f"/P <</MCID {number}>> BDC".encode()
    page.Contents = pdf.make_stream(code.replace(b"/Artifact BMC", mark, 1))
    made = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=top, Pg=page.obj, K=pikepdf.Array([number])
        )
    )
    owners.append(made)
    top.K.append(made)


def _no_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[0].children[:]


def _one_bookmark_lost(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[0].children[0].children[0]


def _bookmark_elsewhere(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        last = outline.root[0].children[0].children[0]
        last.destination = pikepdf.make_page_destination(pdf, 0)


def _bookmark_says_other(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].children[0].title = "Något annat"


def _link_untagged(pdf: pikepdf.Pdf) -> None:
    tag = tags(pdf, "Link")[0]
    tag.K = pikepdf.Array([kid for kid in tag.K if isinstance(kid, int)])


def _link_key_lost(pdf: pikepdf.Pdf) -> None:
    del links(pdf)[0]["/StructParent"]


def _link_unsaid(pdf: pikepdf.Pdf) -> None:
    del links(pdf)[0]["/Contents"]


def _link_beside_page(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].Rect = pikepdf.Array([700, 100, 760, 112])


def _no_tabs(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Tabs = pikepdf.Name.R


def _no_struct_parents(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/StructParents"]


def _roles_in_a_ring(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "P")[0].S = pikepdf.Name.Stycke
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Stycke=pikepdf.Name.Text, Text=pikepdf.Name.Stycke)


def _roles_turned(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(H2=pikepdf.Name.P)


def _other_words_read(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "P")[0].ActualText = pikepdf.String("Något annat än det som står.")


def _alt_emptied(pdf: pikepdf.Pdf) -> None:
    tags(pdf, "Figure")[0].Alt = pikepdf.String("")


def _wrong_characters(pdf: pikepdf.Pdf) -> None:
    """The map from glyphs to characters says e for every a: it looks right, and is read wrong."""
    for font in fonts(pdf):
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0061>", b"<0065>"))


TO_STRUCTURE: dict[str, Damage] = {
    "paragraph lost from the tree": planted(_lost("P", -1)),
    "paragraphs in the wrong order": planted(_wrong_order),
    "parent tree with two swapped": planted(_swapped_parents),
    "piece that the parent tree leaves out": planted(_no_parent_of_last),
    "tag that names another parent": planted(_other_parent),
    "text turned artifact": planted(content(b"/H1 <</MCID 0>> BDC", b"/Artifact BMC")),
    "text in no tag": planted(content(b"/H1 <</MCID 0>> BDC", b"/H1 BMC")),
    "text drawn beside all tags": planted(drawn_too(b"BT /F1 10 Tf 80 90 Td (\\000) Tj ET")),
    "rule neither tagged nor artifact": planted(content(b"/Artifact BMC", b"/Span BMC")),
    "mark that is never closed": planted(drawn_too(b"/Artifact BMC")),
    "two pieces with one number": planted(content(b"<</MCID 1>>", b"<</MCID 0>>")),
    "line at the foot read as content": planted(_foot_as_content),
    "other words read than are drawn": planted(_other_words_read),
    "characters that stand for others": planted(_wrong_characters),
    "heading turned paragraph": planted(_role("H2", "P")),
    "heading skipped": planted(_role("H2", "H4")),
    "role that is no standard role": planted(_role("H2", "Rubrik")),
    "roles that lead in a ring": planted(_roles_in_a_ring),
    "standard role turned into another": planted(_roles_turned),
    "bookmarks lost": planted(_no_outline),
    "one bookmark lost": planted(_one_bookmark_lost),
    "bookmark that leads elsewhere": planted(_bookmark_elsewhere),
    "bookmark that says something else": planted(_bookmark_says_other),
    "figure turned paragraph": planted(_role("Figure", "P")),
    "figure without words": planted(_without_entry("Figure", "/Alt")),
    "figure with empty words": planted(_alt_emptied),
    "table heading turned cell": planted(_role("TH", "TD")),
    "table heading without scope": planted(_without_entry("TH", "/A")),
    "cell lost from a row": planted(_lost("TD")),
    "row lost from a table": planted(_lost("TR", 1)),
    "row outside its table": planted(_role("Table", "Sect")),
    "list item without its label": planted(_lost("Lbl")),
    "list item without its text": planted(_lost("LBody")),
    "list without its kind of numbers": planted(_without_entry("L", "/A")),
    "link turned text": planted(_role("Link", "Span")),
    "link that is in no tag": planted(_link_untagged),
    "link without its place in the parent tree": planted(_link_key_lost),
    "link that says not where it goes": planted(_link_unsaid),
    "link beside the page": planted(_link_beside_page),
    "links met in the order of the rows": planted(_no_tabs),
    "page without its place in the parent tree": planted(_no_struct_parents),
    "no tree of tags": planted(without("/StructTreeRoot")),
}
