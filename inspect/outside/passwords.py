"""Hashing of passwords with argon2id (RFC 9106), and what a password must be."""

import re
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ...models.vocabulary import N_

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 200

OWN_WORDS = (
    "tillsyn", "inspektion", "inspektör", "inspection", "inspector", "lösenord", "losenord", "password",
    "inloggning", "myndighet", "kommun", "huvudman", "välkommen", "valkommen", "welcome",
)  # fmt: skip
"""What somebody who knows where they are tries first (docs/sign-in.md); so are the words of one's address."""
LEAST_BESIDE = 8
"""Letters and digits that a password has besides such words, when it has one."""

_hasher = PasswordHasher()
# Checked when the account does not exist, so that the answer takes as long as for one that does.
# It is the hash of random characters that nobody kept; a test says when its parameters have fallen behind.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$9DZzPOZx6DVFdSlYZ82Lew$d3LJMp8/cuFCHbO5ilrWQ97stq/kbOw7LhGHWSeuOjA"


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def parameters_are_current(stored: str) -> bool:
    """Is `stored` made with the parameters that new hashes get?"""
    return not _hasher.check_needs_rehash(stored)


def password_is_right(password: str, stored: str | None) -> bool:
    """Compare in the same time whether or not there is a stored hash."""
    try:
        return _hasher.verify(stored or NOBODY, password[:MAXIMUM_LENGTH]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def fault_of_password(password: str, email: str = "") -> str | None:
    """Why this password is refused, or None (NIST SP 800-63B: length and a list, no composition rules)."""
    if len(password) < MINIMUM_LENGTH:
        return N_("Choose a password of at least 12 characters. A few words in a row are easy to remember.")
    if len(password) > MAXIMUM_LENGTH:
        return N_("Choose a password of at most 200 characters.")
    plain = password.casefold()
    if plain in common_passwords() or len(set(plain)) < 5 or _is_of_own_words(plain, email.casefold()):
        return N_("That password is among the most common or easiest to guess. Choose another.")
    return None


def _is_of_own_words(plain: str, address: str) -> bool:
    """Is there little in it but words of this service and of the person's own address?"""
    words = {word for word in (*OWN_WORDS, *re.split(r"[^\w]|_", address)) if len(word) > 3}
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != plain and sum(sign.isalnum() for sign in rest) < LEAST_BESIDE


@cache
def common_passwords() -> frozenset[str]:
    """Common passwords of at least 12 characters, in lower case, one per line in the file beside this one."""
    lines = (Path(__file__).parent / "common-passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
