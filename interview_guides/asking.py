"""The rules of good asking that a machine can see: open, one thing at a time, no answer in the question.

Pure functions of one wording in one language. They are made to be right about what they flag rather than to
find all: an author who is told wrongly stops listening. What only people can see stands in the method.
"""

import re
from functools import lru_cache

_FLAGS = re.IGNORECASE

_PRONOUN = "(?:jag|du|ni|vi|det|den|de|man|han|hon|hen|ungarna|barnen|eleverna|personalen|föreståndaren)"
_VERB = (
    "(?:är|var|har|hade|får|fick|kan|kunde|ska|skulle|borde|bör|tycker|tyckte|känner|känns|vill|ville|brukar|finns"
    "|fanns|blir|blev|tror|trivs|vet|visste|måste|gör|gjorde|går|gick|kommer|mår|sover|hjälper|lyssnar|händer|hände"
    "|bestämmer|pratar|frågar|säger|jobbar|arbetar|ser|gillar)"
)
_WORD_SV = "(?:vad|hur|vem|vilka|vilken|vilket|när|var|varför|vart)"
_WORD_EN = "(?:what|how|who|which|when|where|why|whose)"
_AUXILIARY = "(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|must)"
_SUBJECT_EN = "(?:you|it|they|he|she|we|there|the|anyone|anybody|someone|somebody|everyone|your|this|that)"

# What follows "nog" where it means enough, and "väl" where it means well.
_ENOUGH = "(?:med|av|att|för|tid|mat|hjälp|plats|personal|pengar|sömn|stöd|och|eller|på|i|när|om)"
_WELL = (
    "(?:bemött|omhändertag|förbered|mottag|behandla|insatt|informera|fungera|genomtänkt|känn|känd|till rätta"
    "|med)"
)

_LEADING: dict[str, tuple[re.Pattern[str], ...]] = {
    "sv": tuple(
        re.compile(pattern, _FLAGS)
        for pattern in (
            r"\beller hur\b",
            r",\s*väl\?",
            rf"\b(?:{_VERB} {_PRONOUN}|{_PRONOUN} {_VERB}) väl\b(?! {_WELL})(?=\s+\w)",
            rf"\b(?:{_VERB} {_PRONOUN}|{_PRONOUN} {_VERB}) nog\b(?=\s+(?!{_ENOUGH}\b)\w)",
            r"(?<!\bett )(?<!\bnågot )(?<!\bdet )\bvisst\b",
            r"\b(?:förstås|självklart|naturligtvis|såklart|givetvis|uppenbarligen)\b",
            r"\bju\b(?!\s+(?:mer|mindre|fler|färre|\w+are)\b)",
            r"\b(?:håller du|håller ni) med\b|\binstämmer (?:du|ni)\b",
            r"\bskulle (?:du|ni) inte (?:säga|hålla med)\b",
            r"\bvarför (?:\w+ ){1,3}inte\b",
            r"\bvarför är (?:det|personalen|de|den|ni|du|han|hon) så\b",
            r"\bvad är problemet\b|\bnär slutade\b",
            r"\bhur (?:dålig[at]?|rädda?|hemskt?|otryggt?|jobbigt|elaka?|missnöjd)\s+\w+",
            r"\bhur ofta (?:slår|skriker|hotar|kränker|retas|tvingar|låser|mobbar|ljuger)\b",
            r"\bhur ofta (?:blir|blev) (?:du|ni|barnen) (?:slag|ret|hota|kränk|tvinga|inlåst|mobba)",
            r"\bvem (?:är det som )?(?:slår|skriker|hotar|kränker|retas|mobbar)\b",
        )
    ),
    "en": tuple(
        re.compile(pattern, _FLAGS)
        for pattern in (
            r",\s*right\?|\bisn['’]t that (?:so|right)\b|,\s*(?:is|are|do|does|did|have|has)n['’]t"
            r" (?:it|you|they)\?",
            r"\bsurely\b|\bobviously\b|\bof course\b|\bnaturally\b",
            r"\b(?:do|would) you (?:not )?agree\b",
            r"(?:^|[.!?:,–] |\b(?:and|but|so) )"
            r"(?:don|isn|aren|wouldn|shouldn|didn|haven|hasn|doesn|couldn|can|won|wasn|weren)['’]t"
            r" (?:you|it|they|he|she|there|the|your|we)\b",
            r"\bwhy (?:(?:don|didn|haven|hasn|doesn|isn|aren|wasn|weren|won|couldn|can)['’]t\b"
            rf"|{_AUXILIARY} \w+(?: \w+)? not\b)",
            r"\bwhy (?:is|are) (?:it|they|the staff|you|he|she) so\b",
            r"\bwhat is the problem\b|\bwhen did (?:you|they|it) stop\b",
            r"\bhow (?:bad|badly|scared|afraid|awful|unsafe|unhappy|dissatisfied)\b(?=\s+\w)",
            r"\bhow often (?:do|does|did) (?:\w+ ){1,3}(?:hit|shout|threaten|bully|tease|force|lie)\b",
            r"\bwho (?:hits|shouts|threatens|bullies|teases)\b",
        )
    ),
}

# A negative yes-or-no question expects a yes: "Tycker du inte …?", "Är det inte …?", "Har inte ni …?".
_NEGATIVE = re.compile(
    rf"(?:^|, |\b(?:och|men|så) ){_VERB} (?:inte {_PRONOUN}|{_PRONOUN} inte)\b.*\?$", _FLAGS
)

# A word that asks, before "och" or "and", belongs to the same question: "när och hur", "who and when".
_AFTER_SV = rf"\b(?!{_WORD_SV}\b)[\wåäöÅÄÖ”]+,?"
_AFTER_EN = rf"\b(?!{_WORD_EN}\b)[\w’'”]+,?"

_DOUBLE: dict[str, tuple[re.Pattern[str], ...]] = {
    "sv": tuple(
        re.compile(pattern, _FLAGS)
        for pattern in (
            rf"{_AFTER_SV} (?:och|samt) {_WORD_SV} (?!(?:en|ett)\b)\w",
            rf"{_AFTER_SV} eller {_WORD_SV} {_VERB}\b",
            rf"\b(?:och|samt|eller) {_VERB} {_PRONOUN}\b",
            r"\boch (?:i så fall|om (?:så|inte|ja|nej)\b)|\beller i så fall\b",
            rf"{_AFTER_SV} och varför\?",
            rf"^(?:vad|hur|vem|vilka|vilken|vilket|varför)\b[^?]*, {_WORD_SV} {_VERB}\b",
            r"^\S+ (?!och )\S.*\boch (?:berätta|beskriv|förklara|visa mig|ge exempel)\b",
        )
    ),
    "en": tuple(
        re.compile(pattern, _FLAGS)
        for pattern in (
            rf"{_AFTER_EN} and (?:what|how|when|where|why) \w",
            rf"^{_WORD_EN}\b[^?]*{_AFTER_EN} and (?:who|which) \w",
            rf"{_AFTER_EN} or {_WORD_EN} {_AUXILIARY}\b",
            rf"\b(?:and|or) {_AUXILIARY} {_SUBJECT_EN}\b",
            r"\band if (?:so|not|yes|no)\b|\band in that case\b",
            rf"{_AFTER_EN} and why\?",
            rf"^(?:what|how|who|which|why)\b[^?]*, {_WORD_EN} {_AUXILIARY}\b",
            r"^\S+ (?!and )\S.*\band (?:tell|describe|explain|show me|give an example)\b",
        )
    ),
}

# A sentence that asks: a question, or a request to tell.
_ASKS: dict[str, re.Pattern[str]] = {
    "sv": re.compile(r"\?$|^(?:berätta|beskriv|förklara|visa|rita|ge)\b", _FLAGS),
    "en": re.compile(r"\?$|^(?:tell|describe|explain|show|draw|give)\b", _FLAGS),
}

_GOOD_SV = (
    "bra|god|gott|goda|lätt|snäll|snälla|trygg|tryggt|trygga|roligt|nöjd|lugnt|bättre|mer|ja|för mycket|stor"
    "|tyst"
)
_BAD_SV = (
    "dålig|dåligt|dåliga|svårt|sträng|stränga|otrygg|otryggt|otrygga|tråkigt|missnöjd|stökigt|sämre|mindre|nej"
    "|för lite|liten|högljutt|inte"
)
_GOOD_EN = "good|easy|kind|safe|fun|happy|satisfied|calm|better|more|yes|too much|big|quiet"
_BAD_EN = "bad|hard|strict|unsafe|boring|unhappy|dissatisfied|noisy|worse|less|no|too little|small|loud|not"

_CLOSED: dict[str, re.Pattern[str]] = {
    # "Var" is "where" but before who it was: "Var kan du vara i fred?", "Var det roligt?"
    "sv": re.compile(rf"(?:var {_PRONOUN}|(?!var\b){_VERB}|bryr|litar|sker)\b", _FLAGS),
    "en": re.compile(
        r"(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|may|might)\b", _FLAGS
    ),
}
_CHOICE: dict[str, re.Pattern[str]] = {
    "sv": re.compile(
        rf"\b(?:{_GOOD_SV}) eller (?:{_BAD_SV})\b|\b(?:{_BAD_SV}) eller (?:{_GOOD_SV})\b"
        r"|\beller (?:inte|nej)\?",
        _FLAGS,
    ),
    "en": re.compile(
        rf"\b(?:{_GOOD_EN}) or (?:{_BAD_EN})\b|\b(?:{_BAD_EN}) or (?:{_GOOD_EN})\b|\bor (?:not|no)\?", _FLAGS
    ),
}

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def sentences(words: str) -> tuple[str, ...]:
    """The sentences of a wording, in their order."""
    return tuple(part for part in _SENTENCE.split(words.strip()) if part)


def is_leading(words: str, language: str) -> bool:
    """Whether the wording puts an answer in the informant's mouth, or takes for granted what is asked."""
    if any(pattern.search(words) for pattern in _LEADING[language]):
        return True
    return language == "sv" and any(_NEGATIVE.search(sentence) for sentence in sentences(words))


def is_double(words: str, language: str) -> bool:
    """Whether more than one thing is asked: two questions in one sentence, or two sentences that ask."""
    said = sentences(words)
    if words.count("?") > 1 or sum(bool(_ASKS[language].search(one)) for one in said) > 1:
        return True
    return any(pattern.search(one) for one in said for pattern in _DOUBLE[language])


def is_forced_choice(words: str, language: str) -> bool:
    """Whether a question that yes or no answers gives two answers to choose between: "bra eller dåligt"."""
    return any(_CHOICE[language].search(one) for one in sentences(words) if is_closed(one, language))


def is_closed(words: str, language: str) -> bool:
    """Whether yes or no answers it, by its first word. Probes may be such questions."""
    return _CLOSED[language].match(words) is not None


@lru_cache(4096)
def faults_of_asking(words: str, language: str) -> tuple[str, ...]:
    """What is wrong with a wording that is said aloud, each in a few words.

    Kept, for an author changes one wording at a time and all are looked at each time.
    """
    found = (
        ("two questions in one", is_double(words, language)),
        ("a leading question", is_leading(words, language)),
        ("a forced choice", is_forced_choice(words, language)),
    )
    return tuple(fault for fault, is_one in found if is_one)
