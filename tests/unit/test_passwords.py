"""Passwords: hashed with argon2id, long, not common, and verified in the same time for nobody."""

import pytest

from tillsyn.inspect.outside import passwords
from tillsyn.inspect.outside.passwords import (
    MAXIMUM_LENGTH,
    common_passwords,
    fault_of_password,
    hash_password,
    password_is_right,
)

GOOD = "en lugn stund i köket"


def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hash_password(GOOD), hash_password(GOOD)
    assert first.startswith("$argon2id$") and first != second
    assert GOOD not in first
    assert password_is_right(GOOD, first) and password_is_right(GOOD, second)


@pytest.mark.parametrize(
    "wrong", ["", "en lugn stund i kök", "En lugn stund i köket", "en lugn stund i köket "]
)
def test_only_the_very_same_password_is_right(wrong: str) -> None:
    assert not password_is_right(wrong, hash_password(GOOD))


@pytest.mark.parametrize("stored", ["", "not a hash", "$argon2id$broken"])
def test_a_broken_hash_lets_nobody_in(stored: str) -> None:
    assert not password_is_right(GOOD, stored)


def test_a_password_for_nobody_is_verified_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored)
            return True

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert not password_is_right("nobody has this password", None)
    assert len(verified) == 1 and verified[0].startswith("$argon2id$")


@pytest.mark.parametrize("good", [GOOD, "klocka-havre-nio", "ååååäääööabc", "x" * 6 + "abcdefgh" * 20])
def test_a_long_password_that_few_have_is_taken(good: str) -> None:
    assert fault_of_password(good) is None


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("", "at least 12"),
        ("kort", "at least 12"),
        ("elva tecken", "at least 12"),
        ("a" * 20, "most common"),
        ("abababababab", "most common"),
        ("abc" * (MAXIMUM_LENGTH // 2), "at most 200"),
    ],
)
def test_a_bad_password_is_refused_with_a_reason(bad: str, says: str) -> None:
    assert says in str(fault_of_password(bad))


def test_the_common_ones_are_refused_however_they_are_written() -> None:
    common = sorted(common_passwords())
    assert len(common) >= 100, "the list is there"
    for password in common[:50]:
        assert fault_of_password(password) and fault_of_password(password.upper())


def test_ones_own_address_is_no_password() -> None:
    assert fault_of_password("Anna.Larsson@example.se", "anna.larsson@example.se")


@pytest.mark.parametrize(
    "bad", ["tillsyn-2026!", "Inspektion.2026", "lösenord lösenord", "Larsson-anna-1975", "exempelstad12345"]
)
def test_words_of_this_service_and_of_ones_own_address_are_nearly_no_password(bad: str) -> None:
    assert "easiest to guess" in str(fault_of_password(bad, "anna.larsson@exempelstad.se"))


@pytest.mark.parametrize("good", ["tillsyn med hund och katt", "larsson-klocka-havre"])
def test_such_a_word_among_others_does_no_harm(good: str) -> None:
    assert fault_of_password(good, "anna.larsson@exempelstad.se") is None


def test_the_hash_compared_for_nobody_takes_as_long_as_a_real_one() -> None:
    assert passwords.parameters_are_current(passwords.NOBODY)
    assert passwords.parameters_are_current(passwords.hash_password("en lugn stund i köket"))
