"""Which account of the machine runs this process, and who signed in to the machine to run it."""

import os
import pwd
import re
from pathlib import Path

SIGNED_IN_AS = Path("/proc/self/loginuid")
NOBODY = 2**32 - 1
"""What stands there for a process that nobody signed in to start: a service, a timer."""
_NAME = re.compile(r"[\w.+-]{1,64}", re.ASCII)


def system_user() -> str:
    """The account that runs this process. Of the process, not of the environment, which anybody can set."""
    return _named(os.getuid())


def signed_in_as() -> str:
    """Who signed in to the machine, also after `sudo` and `su`; empty where it is not known, or the same."""
    try:
        number = int(SIGNED_IN_AS.read_text(encoding="ascii"))
    except (OSError, ValueError):  # another kernel, or a container that does not say
        return ""
    return "" if number in (NOBODY, os.getuid()) else _named(number)


def _named(number: int) -> str:
    """By name where it has a plain one; else `uid:` and its number."""
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid:{number}"
    return name if _NAME.fullmatch(name) else f"uid:{number}"
