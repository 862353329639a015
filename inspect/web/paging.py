"""Pages of a long list, made on the server; the filter stays in the address."""

from dataclasses import dataclass

from flask import request, url_for


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a long list (components/table.html)."""

    number: int
    count: int
    previous_href: str | None
    next_href: str | None


def asked_page() -> int:
    """The page of the list that the address asks for: 1 or more."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def pages_of(number: int, count: int) -> Pages:
    """Links to the page before and after, with the rest of the address as it is."""

    def href(page: int) -> str:
        kept = {key: value for key, value in request.args.items() if key != "page" and value}
        return url_for(str(request.endpoint), **{**(request.view_args or {}), **kept, "page": page})

    return Pages(
        number, count, href(number - 1) if number > 1 else None, href(number + 1) if number < count else None
    )
