"""Ages, days and hours: when something happened tells who was there."""

import re
from collections.abc import Iterator, Set
from datetime import date

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from .marks import Find, Weight, Why
from .text import Folded
from .triggers import AGE, TIME

OF_AGE = N_("An age points at one person in a small group.")
ON_A_DAY = N_("An exact day tells who was there.")
AT_AN_HOUR = N_("A weekday with a time tells who was there.")

_TENS = "(?:tjugo|tjugoen|tjugoett|tjugotvå|tjugotre|tjugofyra|tjugofem)"
_SMALL = (
    "(?:tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    f"{_TENS})"
)
_ENGLISH = (
    "(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty)"
)
_OLD = r"(?:[3-9]|1\d|2[0-5])"
_ANY_AGE = r"\d{1,3}"
_AGE = re.compile(
    rf"\b(?:{_ANY_AGE}|{_SMALL})[- ]?år(?:ing(?:en|ar|arna)?s?|ig(?:e|a|t)?|sdag(?:en)?)\b|"
    rf"\b{_SMALL}åring(?:en|ar|arna)?s?\b|"
    rf"\b(?:är|var|blev|blir|fyller|fyllde|fyllt|bara|endast|knappt|nästan|ålder(?:n)?(?: av)?|på) "
    rf"(?:{_ANY_AGE}|{_SMALL})(?: (?:och ett halvt )?år)\b(?! (?:sedan|framåt|tillbaka|i |efter))|"
    rf"\b(?:{_ANY_AGE}|{_SMALL}) år (?:gammal|gamla|gammalt|ung)\b|"
    rf"(?<=[a-zåäö], )(?:{_OLD}|{_SMALL}) år\b(?! sedan)|\({_OLD} år\)|"
    rf"\b(?:fyller|fyllde|fyllt) (?:{_OLD}|{_SMALL})\b|"
    rf"\bmyndighetsdag(?:en)?\b|\bfödelsedag(?:en|ar)?\b|"
    rf"\b(?:född|född(?:a|es)) (?:år )?(?:19|20)\d\d\b|\bfödelseår(?:et)?\b|"
    rf"\b(?:{_ANY_AGE}|{_ENGLISH})[- ]year[- ]olds?\b|\b(?:aged|age of|turned|turns|turning) (?:{_ANY_AGE}|{_ENGLISH})\b|"
    rf"\b(?:{_ANY_AGE}|{_ENGLISH}) years (?:old|of age)\b|\bborn in (?:19|20)\d\d\b|\bbirthday\b",
    re.IGNORECASE,
)
_NOT_AN_AGE = re.compile(
    r"(?:\bunder|\böver|\bminst|\bhögst|\binom|\bmellan|\btill|\bfrån|\bfyllda|[–\-]|\bperiod(?:en)? på|"
    r"\bskälig tid|\bden som|\bsom har|\bhar)\s*\Z|\d\s?[–\-]\s?\Z",
    re.IGNORECASE,
)

MONTHS = {
    name: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mar apr maj jun jul aug sep okt nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b"
_WEEKDAY = r"(?:mån|tis|ons|tors|fre|lör|sön)dag"
_ENGLISH_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = re.compile(
    rf"(?P<iso>(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d))\b|"
    rf"(?P<words>\b(?:den )?(?P<d2>\d{{1,2}})(?::?e|:?a|st|nd|rd|th)?(?P<to>\s?[–\-]\s?\d{{1,2}})?\s+"
    rf"(?:of )?(?P<m2>{_MONTH})(?:,?\s+(?P<y2>(?:19|20)\d\d))?)|"
    rf"(?P<english>\b(?P<m3>{_MONTH}) (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>(?:19|20)\d\d))?)|"
    rf"(?P<slash>(?<![\d/.,:\-])(?:den )?(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})(?:[\-/ ](?P<y4>(?:19|20)?\d\d))?(?![\d/%]))|"
    r"(?P<dots>(?<![\d.,§])(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>(?:19|20)\d\d))",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"\b(?:(?:förra |i )?{_WEEKDAY}(?:en|s)?(?: den \d{{1,2}}(?::?e|:?a)?)?(?:s?(?:kväll|natt|morgon|eftermiddag|förmiddag)(?:en)?| "
    rf"(?:kväll|natt|morgon|eftermiddag|förmiddag)(?:en)?)?,?\s*(?:vid |efter |före |runt |strax )*(?:kl(?:ockan|\.)?\s*)?"
    rf"(?:\d{{1,2}}[.:]\d\d|\d{{1,2}}(?=-tiden)|(?<=kl )\d{{1,2}}|(?<=klockan )\d{{1,2}}|(?<=kl\. )\d{{1,2}}))|"
    rf"\b(?:i {_WEEKDAY}s|förra {_WEEKDAY}en|natten (?:till|mellan) {_WEEKDAY}(?:en)?|"
    rf"{_WEEKDAY}(?:s)?(?:kvällen|natten|morgonen|eftermiddagen|förmiddagen)|{_WEEKDAY}en den \d{{1,2}}|"
    rf"{_WEEKDAY} (?:kväll|natt|morgon|eftermiddag|förmiddag)|i (?:går|förrgår|natt|morse)|julafton(?:en)?|"
    rf"nyårsafton(?:en)?|midsommarafton(?:en)?|påskafton(?:en)?|nyårsnatten|julnatten)\b|"
    rf"\b(?:last |on )?{_ENGLISH_WEEKDAY}(?: (?:morning|afternoon|evening|night))?,? at (?:about )?\d{{1,2}}(?:[.:]\d\d)?|"
    rf"\b(?:last {_ENGLISH_WEEKDAY}|on {_ENGLISH_WEEKDAY} (?:morning|afternoon|evening|night)|"
    r"Christmas Eve|New Year['’]s Eve|last night|yesterday)\b",
    re.IGNORECASE,
)


def find_times(text: Folded, own_days: Set[date]) -> Iterator[Find]:
    """Ages and exact times. The days of the case itself, as of the visit, are no secret and not marked."""
    for match in text.finds(_AGE, AGE):
        if not _NOT_AN_AGE.search(text.text[max(0, match.start() - 20) : match.start()]):
            yield Find(MarkKind.AGE, match.start(), match.end(), Why(OF_AGE), Weight.LIKELY)
    for span in text.with_digits:
        for match in _DATE.finditer(text.text, *span):
            if not _is_own(match, own_days):
                yield Find(MarkKind.DATE, match.start(), match.end(), Why(ON_A_DAY), Weight.LOOK)
    for match in text.finds(_TIME, TIME):
        yield Find(MarkKind.DATE, match.start(), match.end(), Why(AT_AN_HOUR), Weight.LIKELY)


def _is_own(match: re.Match[str], own_days: Set[date]) -> bool:
    """A day of the case; or no day at all, as 24/7 and 31/2."""
    group = match.groupdict()
    for n in ("", "2", "3", "4", "5"):
        day, month, year = group.get(f"d{n}"), group.get(f"m{n}"), group.get(f"y{n}")
        if day is None or month is None:
            continue
        number = int(month) if month.isdigit() else MONTHS[month.casefold()]
        if not (1 <= number <= 12 and 1 <= int(day) <= 31):
            return True
        return any(
            (own.day, own.month) == (int(day), number) and (year is None or str(own.year).endswith(year))
            for own in own_days
        )
    return False
