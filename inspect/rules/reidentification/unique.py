"""What only one has or did: an attribute, an event, a relation. In a small group it is as good as a name."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from . import triggers
from .lexicon import entries
from .marks import Find, Weight, Why
from .text import Folded

ONLY = N_("It tells of one certain person.")
RELIGION = N_("Religion or belief can point at one person.")
HEALTH = N_("An illness, a disability or a diagnosis can point at one person.")
ORIGIN = N_("Where somebody comes from, or what they speak, can point at one person.")
EVENT = N_("It tells of an event that those who were there remember.")
KIN = N_("A relation can point at one person.")
LIFE = N_("It tells of somebody’s private life.")
ROOM = N_("A room or a department can point at one person.")
SAID = N_("Words between quotation marks can be recognised by whoever heard them.")

_CHILD = (
    r"(?:flicka(?:n)?|pojke(?:n)?|tjej(?:en)?|kille(?:n)?|barnet|ungdomen|eleven|tonåring(?:en)?|brukaren|klienten|"
    r"kvinnan|mannen|personen|medarbetaren|vikarien|syskon(?:en|et)?|pojkarna|flickorna)"
)
_ONE = re.compile(
    rf"\b(?:den|det|de) (?:enda|ensamma|nya(?:ste)?|senast inflyttade|sist inflyttade|nyinflyttade|yngst[ae]|äldst[ae]|minst[ae]|"
    rf"längst[ae]|störst[ae]|andra|ena|tyst[ae]|rödhåriga|blonda|långa|placerade) {_CHILD}\b|"
    r"\b(?:den|de) (?:enda|ensamma|nyinflyttade|yngst[ae]|äldst[ae])\b(?=[,.]| (?:har|är|får|fick|vill|ville|som|bor|sover|"
    r"berätta\w*|säger|sade|sa|går|gick|kom|blev)\b)|"
    rf"\b(?:han|hon|hen|{_CHILD}),? som \w+|"
    rf"\b{_CHILD} (?:med|från|i rum|på rum|hos|utan)\b(?: \w+)?|\bden (?:flicka|pojke|tjej|kille|ungdom|elev|brukare|medarbetare)n?\b|"
    rf"\b{_CHILD}(?=,? (?:berättade|sade|sa|rymde|grät|slog|blev|har|vill|var|fick|flyttade|kom|bor|går|är|hade)\b)|"
    rf"\b(?:han|hon) (?:berättade|rymde|grät|slog|blev|fick|flyttade|avvek|skar|försökte|hotade|polisanmälde)\b|"
    r"\b(?:ende|enda) (?:sonen|dottern|pojken|flickan|barnet)\b|"
    r"\bthe (?:only|youngest|oldest|eldest|new|newest) (?:girl|boy|child|one|pupil|resident|young person)\b|"
    r"\b(?:the (?:girl|boy|child|pupil|resident)|he|she) who (?!is responsible)\w+|\bthe (?:girl|boy|pupil) (?:with|from|in)\b|"
    r"\b(?:he|she) (?:told|ran|cried|hit|was|moved|said|absconded)\b",
    re.IGNORECASE,
)
_RELIGION = re.compile(
    r"(?:muslim(?:er|en|sk|ska|skt)?|islam(?:isk\w*)?|krist(?:en|na|et|endom\w*)|katoli\w+|ortodox\w*|jud(?:e|ar|isk|iska)|"
    r"buddhis\w+|hindu\w*|sikh\w*|jehovas?|pingstkyrk\w*|moské\w*|synagog\w*|imam\w*|präst(?:en)?|"
    r"ramadan|halal\w*|kosher|hijab\w*|slöja(?:n)?|sjal(?:en)?|nattvard\w*|konfirm(?:ation|era)\w*|bönematta\w*|"
    r"bönetid\w*|bönestund\w*|koranen|bibeln|kyrkan|frikyrk\w*|muslims?|christian|jewish|catholic|mosque|church|veil|headscarf)",
)
_HEALTH = re.compile(
    r"(?:adhd|add|autis\w+|asperger\w*|tourette\w*|npf(?:-\w+)?|ptsd|ocd|bipolär\w*|schizofren\w*|psykos\w*|depress\w+|deprimerad\w*|"
    r"ångestsyndrom|ångestattack\w*|anorex\w*|bulimi\w*|ätstörning\w*|självskad\w*|suicid\w*|självmord\w*|"
    r"tvångssyndrom\w*|diabet\w+|epilep\w+|astma\w*|allergi(?:sk|skt|ker)?|nötallerg\w*|cancer\w*|hiv|hepatit\w*|cp-skad\w*|"
    r"rullstol\w*|permobil\w*|hörapparat\w*|hörselskad\w*|synskad\w*|blind(?:a|e)?|döv(?:a|e|blind\w*)?|demens\w*|alzheimer\w*|"
    r"stroke\w*|parkinson\w*|utvecklingsstörning\w*|gravid\w*|abort\w*|insulin\w*|ritalin|concerta|"
    r"missbruk(?:ar|ade|et|are)\w*|narkoman\w*|överdos\w*|alkoholis\w+|diagnos(?:en|er|tiserad\w*)?|autistic|autism|diabetic|diabetes|"
    r"epileptic|wheelchair|pregnan\w+|self-harm\w*|suicidal|deaf|allerg(?:y|ic))",
)
_PEOPLES = entries("peoples")
_ORIGIN = re.compile(
    rf"(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})(?:a|an|ar|are|aren|arna|e|en|er|erna|isk|iska|iskt|ska|skt|sk|sktalande|skan|i|in|inier|"
    rf"ier|ier[n]?a|eska|esisk\w*|ian|s|ese)?(?:talande)?|"
    r"(?:dari|pashto|farsi|persiska|arabiska|somaliska|tigrinja|amhariska|sorani|kurmanji|swahili|urdu|romani|romska|"
    r"meänkieli|jiddisch|teckenspråk\w*|lule-?samiska|nordsamiska|modersmål(?:et)?|ensamkommande|nyanländ\w*|"
    r"asylsök\w+|papperslös\w*|uppehållstillstånd\w*|adopter\w+|utvis(?:as|ades|ning\w*)|flykting\w*|"
    r"unaccompanied|asylum|refugee|adopted|arabic|somali|kurdish|persian|ukrainian|russian|turkish|afghan|syrian|iraqi|iranian|eritrean)",
)
_EVENT = re.compile(
    r"(?:rymde|rymt|rymning(?:en|ar)?|avvek|avvikit|avvikning(?:en|ar)|polis(?:en|er|erna|bil\w*|anmäl\w+|förhör\w*|hämt\w+)|polishämt\w+|"
    r"anhållen|häktad\w*|gripen|greps|dömd(?:es)?|åtal(?:ad|et)|fängelse\w*|ambulans\w*|sjukhus(?:et|vård\w*)?|akuten|akutmottagning\w*|intensivvård\w*|"
    r"inlagd|tvångsvård\w*|bältad\w*|brand(?:en|kår\w*|larm\w*)|eldsvåda\w*|knivhot\w*|kniv(?:en)?|misshandl\w+|våldt\w+|dödsfall\w*|"
    r"begravning\w*|avled|dog|dödades|brutit|hjärnskak\w*|kidnapp\w+|bortgift\w*|"
    r"lvu-(?:domen|hemmet)|omhändertog\w*|omhändertagen|omplacera\w+|utskriv(?:en|s|ning\w*)|skolavslutning(?:en)?|studenten|"
    r"ran away|absconded|police|hospital|ambulance|arrested|funeral|stabbed|raped)",
)
_KIN = re.compile(
    r"\b(?:hans|hennes|hens|sin|sina|sitt|deras|barnets|flickans|pojkens|ungdomens|his|her|their) (?:\w+ )?(?:mamma|pappa|mor|far|mormor|morfar|"
    r"farmor|farfar|bror|bröder|syster|systrar|syskon|storebror|lillebror|storasyster|lillasyster|halvbror|halvsyster|kusin|moster|"
    r"faster|morbror|farbror|styvfar|styvmor|pojkvän|flickvän|fästm\w+|bonus\w+|familjehem\w*|son|dotter|barn|mother|father|"
    r"brother|sister|siblings?|grandmother|grandfather|aunt|uncle|cousin|boyfriend|girlfriend|stepfather|mum|dad)s?\b|"
    r"\b(?:mamman|pappan|modern|fadern|brodern|system|systern|bror|syster|mor|far|son|dotter|kusin|brother|sister|mother|father|son|daughter) "
    r"(?:till|of|to) \w+|"
    r"\b(?:mamman|pappan|brodern|storebror|lillebror|storasyster|lillasyster|tvilling\w*|trilling\w*|syskonpar\w*|syskonen|halvbror|halvsyster|"
    r"styvpappa\w*|bonuspappa\w*|bonusmamma\w*|twins?)\b",
    re.IGNORECASE,
)
_LIFE = re.compile(
    r"(?:homosexuell\w*|bisexuell\w*|lesbisk\w*|gay|bög(?:en)?|transperson\w*|transkille\w*|transtjej\w*|icke-?binär\w*|könsdysfori\w*|"
    r"hbtqi?-?\w*|queer|prostitu\w+|sexköp\w*|gäng(?:et|kriminell\w*|medlem\w*)|kriminell\w*|hedersförtryck\w*|hedersvåld\w*|tvångsgift\w*|"
    r"könsstymp\w*|transgender|lesbian|homosexual)",
)
_ROOM = re.compile(
    r"\b(?:rum|lägenhet|lgh|avdelning|våning|klass|room|ward|class|flat) (?:nr |nummer |number )?(?:\d{1,3}[A-Z]?\b|[A-Z]\b)|"
    r"\b(?:klass|årskurs|åk|grade|year) ?\d{1,2}\s?[A-Ha-h]?\b|\b\d[A-Ha-h]:?(?:an|orna)?\b(?= (?:har|är|får|går))|\b(?:i|in|från|from) \d[A-Ha-h]\b|\brummet (?:längst|bredvid|ovanför|under)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(
    r"[”“\"]([^”“\"]{8,})[”“\"]|(?<!\w)'([^'\n]{12,})'(?!\w)|(?:^|\n)\s*[–—]\s+[A-ZÅÄÖ][^\n]{6,}"
)

_QUOTED = re.compile(r"[”“\"'–—]")
"""Without one of these nothing is quoted."""

_PHRASES = re.compile(
    r"\b(?:skär(?:a|t|er)? sig|skar sig|downs? syndrom|intellektuell funktions\w+|skyddad(?:e|t)? (?:identitet|personuppgifter|boende)|"
    r"bröt (?:armen|benet|näsan|handen|foten)|ran away|eating disorder|protected identity|gang member|fire brigade|livets ord|"
    r"sexuell (?:läggning|gräns\w*)|könsidentitet\w*)\b",
    re.IGNORECASE,
)

WORDS: tuple[tuple[re.Pattern[str], str, Weight], ...] = (
    (_RELIGION, RELIGION, Weight.LIKELY),
    (_HEALTH, HEALTH, Weight.LIKELY),
    (_ORIGIN, ORIGIN, Weight.LIKELY),
    (_EVENT, EVENT, Weight.LOOK),
    (_LIFE, LIFE, Weight.LIKELY),
)
"""What one word tells, in lower case."""
RULES: tuple[tuple[int, re.Pattern[str], str, Weight], ...] = (
    (triggers.ONE, _ONE, ONLY, Weight.LIKELY),
    (triggers.KIN, _KIN, KIN, Weight.LIKELY),
    (triggers.ROOM, _ROOM, ROOM, Weight.LIKELY),
    (triggers.PHRASE, _PHRASES, ONLY, Weight.LIKELY),
)
LEAST_QUOTED = 3
"""Words between quotation marks that are taken for what somebody said; fewer are a term."""


@lru_cache(maxsize=50_000)
def _told_by(low: str) -> tuple[str, Weight] | None:
    """What one word tells of somebody; the parts of a word with hyphens too."""
    for form in (low, *low.split("-")):
        for pattern, why, weight in WORDS:
            if pattern.fullmatch(form):
                return why, weight
    return None


def find_unique(text: Folded) -> Iterator[Find]:
    """Attributes and events by which one person can be told from the others, and words as they were said."""
    for word in text.words:
        told = _told_by(word.low)
        if told is not None:
            yield Find(MarkKind.UNIQUE, word.start, word.end, Why(told[0]), told[1])
    for trigger, pattern, why, weight in RULES:
        for match in text.finds(pattern, trigger):
            yield Find(MarkKind.UNIQUE, match.start(), match.end(), Why(why), weight)
    if _QUOTED.search(text.text) is None:
        return
    for match in _QUOTE.finditer(text.text):
        if len(match[0].split()) >= LEAST_QUOTED:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Find(MarkKind.QUOTE, start, match.end(), Why(SAID), Weight.LIKELY)
