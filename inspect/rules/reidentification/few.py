"""How many, and how large a part: METHOD 2.17 rule 1, never counts or fractions of those who live there.

Three of four who are content point out the fourth. The same holds of those who work there (rule 3).
"""

import re
from collections.abc import Iterator

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from . import triggers
from .marks import Find, Weight, Why
from .text import Folded

COUNTED = N_("A number of people points at those who are meant, and at those who are not.")
SHARE = N_("A share of a small group can be counted.")
ONE = N_("One of a few can be recognised. Is it said in general?")
SOME = N_("In a small group “a few” can be counted.")

_NUMBER = (
    r"(?:en|ett|ena|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|"
    r"nitton|tjugo|\d{1,2})"
)
_COUNT = r"(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|tjugo|\d{1,2})"
_WHO = (
    r"(?:barn(?:en|ens|et|ets|s)?|ungdom(?:ar|arna|en|arnas|ars)?|flick(?:a|an|or|orna)|pojk(?:e|en|ar|arna)|"
    r"tjej(?:en|er|erna)?|kill(?:e|en|ar|arna)|elev(?:en|er|erna|ernas)?|boende(?:n|na|t)?|brukar(?:e|en|na)|"
    r"kund(?:en|er|erna)?|klient(?:en|er|erna)?|person(?:en|er|erna)?|syskon(?:en)?|bröder(?:na)?|systrar(?:na)?|"
    r"tonåring(?:en|ar|arna)?|deltagar(?:e|en|na)|hyresgäst(?:en|er|erna)?|äldre|yngre|unga|"
    r"medarbetar(?:e|en|na)|anställd(?:a|e)?|vikari(?:e|en|er|erna)|behandlingsassistent(?:en|er|erna)?|"
    r"lärar(?:e|en|na)|i personalen|av personalen|personal|vuxn(?:a|e)|föräldr(?:ar|arna)|förälder)"
)
_THINGS = (
    r" (?:helger|dagar|gånger|veckor|rum|pass|krav|kvällar|månader|tillfällen|timmar|år|områden|punkter|nätter|möten|"
    r"ärenden|fall|svar|frågor|samtal|beslut|planer|days|times|weeks|weekends|rooms|shifts|requirements|evenings|months|"
    r"occasions|hours|years|areas|points|nights|meetings|cases|answers|questions|talks|plans)\b"
)
"""What is counted and is nobody: eleven of thirteen weekends."""
_KIND = r"(?:(?:av |de |dem |våra |era |andra |äldre |yngre |yngsta |äldsta |små |unga |nya |olika |enskilda |av våra )*)"
_SWEDISH = re.compile(
    rf"(?P<share>\b(?:hälften|halva (?:gruppen|personalgruppen|klassen)|(?:en|ett|två|tre|fyra) "
    rf"(?:tredje|fjärde|femte|sjätte|sjunde|åttonde)del(?:ar|en|arna)?|(?:knappt|drygt|ungefär|nästan) hälften|"
    rf"var(?:annan|t annat|je tredje|t tredje|je fjärde|t fjärde) {_WHO}|var(?:t)? (?:tredje|fjärde|femte) {_WHO}|"
    rf"majoriteten|en minoritet|(?:\d{{1,3}}(?:[,.]\d+)?|\w*(?:tio|ton|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|hundra))\s?(?:%|procent(?:en)?)|(?<![\d,.:])\d{{1,2}}/\d{{1,2}} (?:av )?{_WHO})(?!\w))|"
    rf"(?P<of>(?<!sida )\b(?:{_NUMBER}|båda|bägge|ingen|inget|inga|alla|samtliga|flera|några|någon|något|resten|en av|bara en|endast en) "
    rf"av (?:de |dem |våra |era )?(?:andra )?(?:{_COUNT}|två)(?: {_WHO})?\b(?!{_THINGS}))|"
    rf"(?P<part>\b{_NUMBER} av {_KIND}{_WHO}\b|\b{_NUMBER} (?:i|bland) (?:personalen|gruppen|klassen|barngruppen)\b)|"
    rf"(?P<all>\b(?:alla|samtliga|de|dessa|båda|bägge|andra|hos|våra|era) (?:de )?{_COUNT} {_KIND}{_WHO}\b|"
    rf"\b(?:båda|bägge) {_KIND}{_WHO}\b(?! och)|\bde (?:andra )?{_COUNT}\b(?= (?:som|har|vill|berätta|säg|bor|flick|pojk)))|"
    rf"(?P<count>(?<![\d–\-/.,:§])(?<!minst )(?<!högst )(?<!till )\b{_COUNT} {_KIND}{_WHO}\b)|"
    rf"(?P<few>\b(?:några få|ett fåtal|fåtalet|enstaka|ett par|någon enstaka|en handfull) (?:av )?{_KIND}{_WHO}\b)|"
    rf"(?P<one>(?<!\bdet )\b(?:ett|en|1) (?:enda |enstaka |annat |annan |visst |viss |särskilt |av )?(?:{_KIND})"
    r"(?:barn|ungdom|flicka|pojke|tjej|kille|elev|brukare|klient|boende|medarbetare|anställd|vikarie|tonåring|lärare)\b)",
    re.IGNORECASE,
)
_EN_COUNT = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|\d{1,2})"
)
_EN_WHO = (
    r"(?:child(?:ren)?|girls?|boys?|pupils?|students?|residents?|young (?:people|persons?)|people|persons?|users?|"
    r"clients?|siblings?|brothers|sisters|teenagers?|(?:members of )?staff|employees?|teachers?|adults?|parents?)"
)
_EN_KIND = r"(?:(?:of |the |these |those |younger |older |youngest |oldest |new |other |our |your )*)"
_ENGLISH = re.compile(
    rf"(?P<share>\b(?:(?:about |almost |nearly |over |under )?half(?: (?:of|the))? {_EN_KIND}{_EN_WHO}|half of them|"
    rf"(?:a|one|two|three) (?:third|quarter|fifth|sixth)s?|every (?:other|second|third) {_EN_WHO}|"
    rf"a majority of|the majority of|a minority of|\d{{1,3}}(?:\.\d+)?\s?(?:%|per ?cent))(?!\w))|"
    rf"(?P<of>(?<!page )\b(?:one|{_EN_COUNT}|both|none|all|several|some|any|most) (?:out )?of (?:the )?(?:other )?{_EN_COUNT}(?: {_EN_WHO})?\b(?!{_THINGS}))|"
    rf"(?P<part>\b(?:one|both|{_EN_COUNT}) (?:out )?of {_EN_KIND}{_EN_WHO}\b)|"
    rf"(?P<all>\b(?:both|all|the|these) (?:the )?(?:other )?{_EN_COUNT} {_EN_KIND}{_EN_WHO}\b|\bboth (?:of )?{_EN_KIND}{_EN_WHO}\b(?! and))|"
    rf"(?P<count>(?<![\d–\-/.,:§])(?<!least )(?<!most )\b{_EN_COUNT} {_EN_KIND}{_EN_WHO}\b)|"
    rf"(?P<few>\b(?:a few|very few|a couple|a handful) (?:of )?{_EN_KIND}{_EN_WHO}\b)|"
    rf"(?P<one>\b(?:one|a single|an individual|only one|1|a certain|a) (?:child|girl|boy|pupil|student|resident|"
    r"young person|teenager|employee|teacher|member of staff)\b)",
    re.IGNORECASE,
)
REASONS = {
    "share": (SHARE, Weight.LIKELY), "of": (COUNTED, Weight.CERTAIN), "part": (COUNTED, Weight.CERTAIN),
    "all": (COUNTED, Weight.LIKELY), "count": (COUNTED, Weight.LIKELY), "few": (SOME, Weight.LIKELY),
    "one": (ONE, Weight.LOOK),
}  # fmt: skip


def find_few(text: Folded) -> Iterator[Find]:
    """Counts, fractions and shares of those whom the activity is for, or who work there."""
    for match in text.finds(
        _ENGLISH if text.language == "en" else _SWEDISH,
        triggers.SOME | triggers.WHO,
        triggers.NUMBER,
        triggers.SHARE,
    ):
        why, weight = REASONS[match.lastgroup or "count"]
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Find(MarkKind.FEW, start, match.end(), Why(why), weight)
