"""Which browser and which kind of machine a session was opened with, in words of closed lists.

Only these words are kept, not what the browser says of itself: that would tell machines apart.
"""

from werkzeug.user_agent import UserAgent

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that is found counts: most browsers also say that they are another."""
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_and_system(agent: UserAgent) -> tuple[str, str]:
    """The two words; empty where it is none of those we know."""
    said = agent.string[:500]
    first = lambda known: next((word for sign, word in known if sign in said), "")  # noqa: E731
    return first(_BROWSERS), first(_SYSTEMS)
