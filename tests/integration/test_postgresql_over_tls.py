"""A database across a network is asked over TLS, and only when it is proved to be the right one."""

import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.postgres import PrivatePostgres
from tillsyn.inspect.outside.database import make_engine

pytestmark = pytest.mark.postgresql

HERE = "127.0.0.1"


def certificate(
    name: str, key: EllipticCurvePrivateKey, issuer: x509.Certificate | None, signing: EllipticCurvePrivateKey
) -> x509.Certificate:
    """One that says `name`; without an issuer it signs itself, and others. With one, it is for 127.0.0.1."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer.subject if issuer else subject, subject, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))])
        made = made.add_extension(names, critical=False)
    return made.sign(signing, hashes.SHA256())


class TlsPostgres(PrivatePostgres):
    """As the tests' private server, and on 127.0.0.1 with a certificate."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        with socket.socket() as probe:
            probe.bind((HERE, 0))
            self.port = int(probe.getsockname()[1])
        own, root = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
        issuer = certificate("the tests' own issuer", root, None, root)
        other = generate_private_key(SECP256R1())
        self.issuer, self.other = folder / "issuer.pem", folder / "other.pem"
        self.issuer.write_bytes(issuer.public_bytes(Encoding.PEM))
        stranger = certificate("another issuer", other, None, other)
        self.other.write_bytes(stranger.public_bytes(Encoding.PEM))
        shown = certificate(HERE, own, issuer, root).public_bytes(Encoding.PEM)
        secret = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        for name, content in (("server.crt", shown), ("server.key", secret)):
            path = self._place / name
            path.write_bytes(content)
            path.chmod(0o600)
            if self._user:
                shutil.chown(path, self._user)

    def _run(self, program: str, *arguments: str) -> None:
        tls = f"-c ssl=on -c ssl_cert_file={self._place}/server.crt -c ssl_key_file={self._place}/server.key"
        there = f"listen_addresses={HERE} -c port={self.port} {tls}"
        super()._run(program, *(one.replace("listen_addresses=''", there) for one in arguments))

    def address(self, host: str, mode: str, issuer: Path) -> str:
        return f"postgresql://postgres@{host}:{self.port}/postgres?sslmode={mode}&sslrootcert={issuer}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsPostgres]:
    made = TlsPostgres(tmp_path_factory.mktemp("tls"))
    made.start()
    yield made
    made.stop()


def is_encrypted(url: str) -> bool:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return bool(connection.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")))
    finally:
        engine.dispose()


def test_a_server_that_is_proved_is_asked_over_tls(server: TlsPostgres) -> None:
    assert is_encrypted(server.address(HERE, "verify-full", server.issuer))


def test_one_that_another_issuer_vouches_for_is_not_asked(server: TlsPostgres) -> None:
    with pytest.raises(OperationalError, match="certificate verify failed"):
        is_encrypted(server.address(HERE, "verify-full", server.other))


def test_one_whose_certificate_is_for_another_name_is_not_asked(server: TlsPostgres) -> None:
    with pytest.raises(OperationalError, match="does not match host name"):
        is_encrypted(server.address("localhost", "verify-full", server.issuer))
    assert is_encrypted(server.address("localhost", "verify-ca", server.issuer)), "which is why it is refused"
