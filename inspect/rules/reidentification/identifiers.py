"""Numbers, addresses and links that lead straight to somebody.

A personnummer is six or eight digits of a birth date and four more, of which the last is a check digit; in a
samordningsnummer the day has 60 added (lag 1990:782 om personnummer, folkbokföringslagen 1991:481 18 §; lag
2022:1697 om samordningsnummer). People write them in every way: with blanks, without hyphen, with letters for
the last four (interim numbers), or with the last four left out.
"""

import re
from collections.abc import Iterator

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from .lexicon import Lexicon
from .marks import Find, Weight, Why
from .text import Folded, Word

_DASH = r"[\s.\-–—−+/]"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_PERSON = re.compile(
    rf"(?<![\d])(?:(?:18|19|20){_DASH}?)?\d\d{_DASH}?{_MONTH}{_DASH}?{_DAY}{_DASH}{{0,3}}"
    rf"(?:\d{_DASH}?\d{_DASH}?\d{_DASH}?\d|[A-ZÅÄÖa-zåäö]{{1,2}}\d{{2,3}}|\d{{2,3}}[A-Za-z]|[XxKk*#]{{4}})(?![\d])"
)
_BIRTH = re.compile(
    rf"(?<![\d])(?:19|20)\d\d{_MONTH}(?:0[1-9]|[12]\d|3[01])(?![\d])|"
    rf"(?:\bf(?:ödd|\.)|\bborn)\s+(?:den\s+|on\s+)?(?:\d{{6,8}}|\d{{1,2}}[\s/.]|\d{{4}}-\d\d)[\w /.\-]{{0,14}}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[\w.+\-åäö]+\s?(?:@|\(at\)|\[at\]|\bsnabel-?a\b)\s?[\w\-åäö]+(?:\.[\w\-]{2,}| \. ?[a-z]{2,3}\b)+",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.:/\-])(?:\+|00)\d{1,3}[\s\-]?(?:\(0\)\s?)?\d(?:[\s\-]?\d){6,11}(?!\d)|"
    r"(?<![\w.:/\-])\(?0\d{1,3}\)?\s?[\-/–]?\s?\d{2,4}(?:[\s\-]?\d{2,3}){1,3}(?![\w\-])"
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w\-]+\.(?:se|com|net|org|nu|eu|gg|me|tv|io)\b(?:/\S*)?|"
    r"(?<![\w@.])@[A-Za-z][\w.]{2,}|(?<!\w)u/[\w\-]{3,}",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|kik|roblox|fortnite|steam)(?:-?namn|-?konto|-?tag)?"
    r"(?:et)?\s*(?::|är|heter|name is)\s*\S+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:dnr|dnr\.|diarienummer|diarienr|mål(?:et)?(?:\s?nr)?|ärende(?:nr|nummer)?|case|ref(?:nr|erensnummer)?|"
    r"LMA(?:-kort|-nummer)?|LMA)\b[:.\s]*(?:nr\.?\s*)?[A-ZÅÄÖ]{0,6}[ \-]?\d[\d\-:/. ]*\d(?:-[A-Z]{1,3})?|"
    r"(?<![\w\-/])\d{4}[-/]\d{3,6}(?![\d\-])|(?-i:\b[A-ZÅÄÖ]{1,4}[ -]?\d{2,5}[-/]\d{2,4}\b)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"\b(?:pass(?:port)?(?:nummer|nr|et|\snumber)?|id-?kort(?:snummer)?|passport)\b[\s:.]*(?:nr\.?\s*)?"
    r"[A-Z]{0,2}\d{6,9}\b|\b[A-Z]{2}\d{7,8}\b|(?<![\w])\d{8}(?![\w\-])",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b[A-HJ-PR-UW-Z]{3} ?\d{2}[A-HJ-NPR-UW-Z\d]\b")
_ACCOUNT = re.compile(
    r"\bSE\d{2}(?: ?\d{4}){5}\b|\b(?:clearing|konto)(?:nr|nummer)?\b[:\s]*\d[\d\- ]{5,}", re.IGNORECASE
)
_POSTCODE = re.compile(r"(?<![\d\-])(?:SE?-)?\d{3} ?\d{2} +(?:[A-ZÅÄÖ][a-zåäöé]{2,}|[A-ZÅÄÖ]{3,})")

RULES: tuple[tuple[re.Pattern[str], str, Weight], ...] = (
    (
        _PERSON,
        N_("This has the form of a personal identity number or a coordination number."),
        Weight.CERTAIN,
    ),
    (_MAIL, N_("This is an e-mail address."), Weight.CERTAIN),
    (_BIRTH, N_("This has the form of a date of birth."), Weight.CERTAIN),
    (_ACCOUNT, N_("This has the form of an account number."), Weight.CERTAIN),
    (_NUMBER, N_("This has the form of a case number."), Weight.CERTAIN),
    (_PHONE, N_("This has the form of a telephone number."), Weight.CERTAIN),
    (_SOCIAL, N_("This is a name in a social medium."), Weight.CERTAIN),
    (_LINK, N_("This is a link or a name in a social medium."), Weight.CERTAIN),
    (_PASSPORT, N_("This has the form of the number of a passport or an identity card."), Weight.CERTAIN),
    (_PLATE, N_("This has the form of a vehicle’s registration number."), Weight.CERTAIN),
    (_POSTCODE, N_("This has the form of a postal address."), Weight.CERTAIN),
)
SURE_ENDS = ("vägen", "gatan", "gränden", "torget", "stigen", "allén", "esplanaden", "gränd")
"""A word that ends so and is no common one is a street, even without a number."""
BEFORE_STREETS = frozenset("nedre övre norra södra östra västra lilla stora gamla nya sankt s:t s:ta".split())
STREET = N_("This has the form of a street address.")


NUMBERS = tuple(rule for rule in RULES if rule[0] not in (_MAIL, _SOCIAL, _LINK))
NAMES = tuple(rule for rule in RULES if rule not in NUMBERS)
_NET = re.compile(
    r"@|\bat[)\]]|snabel|www|http|\w\.\w|u/|snap|insta|tiktok|discord|kik|roblox|fortnite|steam",
    re.IGNORECASE,
)


def find_identifiers(text: Folded, lexicon: Lexicon) -> Iterator[Find]:
    """Everything in the text that has the form of an identifier."""
    with_digits = set(text.with_digits)
    of_the_net = _NET.search(text.text) is not None
    for span in text.sentences if of_the_net else text.with_digits:
        rules = NUMBERS if span in with_digits else ()
        if of_the_net and _NET.search(text.text, *span):
            rules += NAMES
        for pattern, why, weight in rules:
            for match in pattern.finditer(text.text, *span):
                if pattern is _PERSON and _is_something_else(match[0]):
                    continue
                end = match.end() - (len(match[0]) - len(match[0].rstrip(" .,;:")))
                yield Find(MarkKind.IDENTIFIER, match.start(), end, Why(why), weight)
    yield from _streets(text, lexicon)


def _streets(text: Folded, lexicon: Lexicon) -> Iterator[Find]:
    """Storgatan 12 B; also without a number, as long as it is written as a name."""
    for at, word in enumerate(text.words):
        if not word.is_capital or not word.low.endswith(lexicon.street_ends):
            continue
        follows = re.match(r"\s+\d{1,3}(?:\s?[A-Ha-h](?!\w))?", text.text[word.end : word.end + 8])
        is_whole = word.low in lexicon.street_ends
        named = not is_whole and word.low.endswith(SURE_ENDS) and not word.begins
        if follows is None and (not named or lexicon.is_common(word.low)):
            continue
        first = at
        while first and _belongs_before(text.words[first - 1], is_whole):
            first -= 1
        yield Find(
            MarkKind.IDENTIFIER,
            text.words[first].start,
            word.end + (follows.end() if follows else 0),
            Why(STREET),
            Weight.CERTAIN if follows else Weight.LIKELY,
        )


def _belongs_before(word: Word, is_whole: bool) -> bool:
    """Nedre Kyrkvägen; Sankt Pers gata."""
    return word.low in BEFORE_STREETS or (is_whole and word.is_capital and not word.begins)


def _is_something_else(words: str) -> bool:
    """An SFS number or an interval of years, of which the first digits happen to make a date."""
    digits = re.sub(r"\D", "", words)
    return bool(re.fullmatch(r"(?:19|20)\d\d[:–\-](?:19|20)?\d\d", words)) or len(digits) < 8
