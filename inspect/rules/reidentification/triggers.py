"""Which rules a sentence can have anything for: asked of its words, which is much faster than asking the rules.

A rule of several words holds at least one of a closed set. Only sentences with one of them are searched.
"""

import re
from functools import lru_cache

AGE, TIME, ONE, KIN, ROOM, PHRASE, SOME, NUMBER, SHARE, WHO = (1 << at for at in range(10))

_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (AGE, re.compile(
        r"år|.*åring.*|.*årig.*|.*årsdag.*|fyll.*|myndighetsdag.*|födelse.*|född.*|year.*|.*-year.*|aged?|turn.*|birthday|born"
    )),
    (TIME, re.compile(
        r".*dag(?:en|s)?|.*dags?(?:kväll|natt|morgon|eftermiddag|förmiddag).*|natten|går|förrgår|natt|morse|.*afton(?:en)?|"
        r"nyårsnatten|julnatten|(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|new|night|yesterday|last"
    )),
    (SOME, re.compile(
        r"en|ett|ena|båda|bägge|ingen|inget|inga|alla|samtliga|flera|några|någon|något|resten|enstaka|par|dessa|andra|"
        r"hos|våra|era|bara|endast|both|none|all|several|some|any|most|one|couple|few|single|individual|a|an|only|certain"
    )),
    (NUMBER, re.compile(
        r"två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|.+ton|tjugo|.*\d.*|two|three|four|five|six|seven|eight|nine|ten|"
        r"eleven|twelve|.+teen|twenty"
    )),
    (SHARE, re.compile(
        r"hälften|halva|majoriteten|minoritet|var(?:annan|t|je)|fåtal(?:et)?|handfull|procent(?:en)?|.+del(?:ar|en|arna)?|"
        r"half|thirds?|quarters?|fifths?|every|majority|minority|handful|percent|cent"
    )),
    (WHO, re.compile(
        r"barn.*|ungdom.*|flick.*|pojk.*|tjej.*|kill.*|elev.*|boende.*|brukar.*|kund.*|klient.*|person.*|syskon.*|bröder.*|"
        r"systrar.*|tonåring.*|deltagar.*|hyresgäst.*|äldre|yngre|unga|medarbetar.*|anställd.*|vikari.*|behandlings.*|"
        r"lärar.*|vuxn.*|föräldr.*|förälder|grupp.*|klass.*|child.*|girls?|boys?|pupils?|students?|residents?|young|people|"
        r"users?|clients?|siblings?|brothers|sisters|teenagers?|staff|members?|employees?|teachers?|adults?|parents?"
    )),
    (ONE, re.compile(
        r"enda|ende|ensamma|nya(?:ste)?|.*inflyttade|inflyttade|yngst[ae]|äldst[ae]|minst[ae]|längst[ae]|störst[ae]|andra|ena|"
        r"tyst[ae]|rödhåriga|blonda|långa|placerade|han|hon|hen|flicka(?:n)?|pojken?|tjej(?:en)?|kille(?:n)?|barnet|ungdomen|"
        r"eleven|tonåring(?:en)?|brukaren|klienten|boenden|kvinnan|mannen|personen|medarbetaren|vikarien|syskon(?:en|et)?|"
        r"pojkarna|flickorna|medarbetare|elev|ungdom|brukare|youngest|oldest|eldest|newest|only|new|girl|boy|child|pupil|resident|he|she"
    )),
    (KIN, re.compile(
        r"hans|hennes|hens|sina?|sitt|deras|barnets|flickans|pojkens|ungdomens|his|her|their|mamman?|pappan?|modern|fadern|"
        r".*bror(?:n|s)?|.*brodern|system|.*systern?|mor|far|son|dotter|kusin|tvilling.*|trilling.*|syskon.*|styv.*|bonus.*|"
        r"brother|sister|mother|father|daughter|twins?"
    )),
    (ROOM, re.compile(r"rum|rummet|lägenhet|lgh|avdelning|våning|klass|room|ward|class|flat|årskurs|åk|grade|year|.*\d.*")),
    (PHRASE, re.compile(r"skär.*|skar|downs?|intellektuell|skyddad.*|bröt|ran|eating|protected|gang|fire|livets|sexuell|könsidentitet.*")),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def triggers(low: str) -> int:
    """The rules that a word in lower case may belong to, added up."""
    return sum(bit for bit, pattern in _PATTERNS if pattern.fullmatch(low))
