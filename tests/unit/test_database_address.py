"""In production the database is on this machine, or proved to be itself over TLS."""

from pathlib import Path

import pytest

from tillsyn.inspect.outside.database_address import check_address, read_address

FAR = "postgresql://tillsyn:hemligt@db.example/tillsyn"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////var/lib/tillsyn/tillsyn.db",
        "postgresql://tillsyn@/tillsyn?host=/var/run/postgresql",
        "postgresql:///tillsyn",
        "postgresql://tillsyn@localhost/tillsyn",
        "postgresql://tillsyn@127.0.0.1:5433/tillsyn",
        "postgresql://tillsyn@[::1]/tillsyn",
        f"{FAR}?sslmode=verify-full&sslrootcert=/etc/tillsyn/ca.pem",
        "postgresql://tillsyn@/tillsyn?host=a.example,b.example&sslmode=verify-full",
    ],
)
def test_what_is_here_or_proved_is_taken(url: str) -> None:
    check_address(url, {})


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        (FAR, {}),
        ("postgresql+psycopg://tillsyn@10.0.0.5/tillsyn", {}),
        (f"{FAR}?sslmode=require", {}),
        (f"{FAR}?sslmode=verify-ca", {}),
        (f"{FAR}?sslmode=prefer", {"PGSSLMODE": "verify-full"}),
        ("postgresql://tillsyn@/tillsyn?host=/run/pg,db.example", {}),
        ("postgresql://tillsyn@/tillsyn?host=/run/pg&host=db.example", {}),
        ("postgresql:///tillsyn", {"PGHOST": "db.example"}),
    ],
)
def test_a_server_across_a_network_that_is_not_proved_is_refused(
    url: str, environment: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="sslmode=verify-full") as refused:
        check_address(url, environment)
    assert "hemligt" not in str(refused.value)


def test_the_mode_may_stand_in_the_environment() -> None:
    check_address(FAR, {"PGSSLMODE": "verify-full"})


def test_no_address_is_told_of_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="no address of a database") as refused:
        check_address("hemligt@@", {})
    assert "hemligt" not in str(refused.value)


def test_only_production_asks() -> None:
    assert read_address({"TILLSYN_DATABASE_URL": FAR}, Path("/i"), in_production=False) == FAR
    assert read_address({}, Path("/i"), in_production=True) == "sqlite:////i/tillsyn.db"
    with pytest.raises(ValueError, match="verify-full"):
        read_address({"TILLSYN_DATABASE_URL": FAR}, Path("/i"), in_production=True)
