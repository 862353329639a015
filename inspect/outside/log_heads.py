"""Ends of the log's chain, kept in a file outside the database: one JSON object a line, only added to.

Whoever owns the database can make a whole new chain. A head that lies where they do not reach, or that is
signed with the key of the authority's seal, tells that it was done.
"""

import base64
import binascii
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from ...models.log_chain import LogHead, moment_text
from .seal import SealFault, SealFile


@dataclass(frozen=True, slots=True)
class KeptHeads:
    """The heads in a file. `faults`: lines that say nothing, and signatures that are not the authority's."""

    heads: tuple[LogHead, ...]
    signed: int
    faults: tuple[str, ...]


def keep_head(path: Path, head: LogHead, *, seal: SealFile | None) -> None:
    """Add a head to the file, signed when the authority has a seal. It is on disk when this returns.

    Raises SealFault when the key cannot be used, and OSError.
    """
    line: dict[str, Any] = {"at": moment_text(head.at), "number": head.number, "hash": head.hash.hex()}
    if seal is not None:
        line["signature"] = base64.b64encode(_signed(seal, _text(head))).decode()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def latest_head(path: Path) -> LogHead | None:
    """The last head in the file that can be read; None when there is none."""
    return max(read_heads(path, seal=None).heads, key=lambda head: head.at, default=None)


def read_heads(path: Path, *, seal: SealFile | None) -> KeptHeads:
    """All heads in the file; none when there is no file. With `seal` the signatures are checked too."""
    heads: list[LogHead] = []
    faults: list[str] = []
    signed = 0
    certificates = _certificates(seal) if seal is not None else []
    for place, line in enumerate(path.read_text().splitlines() if path.exists() else [], start=1):
        try:
            stated = json.loads(line)
            head = LogHead(
                int(stated["number"]), bytes.fromhex(stated["hash"]), datetime.fromisoformat(stated["at"])
            )
            signature = base64.b64decode(stated.get("signature", ""), validate=True)
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
            faults.append(f"line {place} of {path} is no head of a log")
            continue
        heads.append(head)
        signed += bool(signature)
        if seal is None:
            continue
        if signature and not _is_signed_by(certificates, signature, _text(head)):
            faults.append(f"line {place} of {path} is not signed with the authority's seal")
        elif signed and not signature:
            faults.append(f"line {place} of {path} is not signed, and those before it are")
    return KeptHeads(tuple(heads), signed, tuple(faults))


def _text(head: LogHead) -> bytes:
    return f"tillsyn-log-head/1 {head.number} {head.hash.hex()} {moment_text(head.at)}".encode()


def _opened(seal: SealFile) -> pkcs12.PKCS12KeyAndCertificates:
    try:
        return pkcs12.load_pkcs12(seal.path.read_bytes(), seal.passphrase.encode() or None)
    except (OSError, ValueError) as fault:
        raise SealFault(f"the key of the seal cannot be used for the log: {seal.path}: {fault}") from fault


def _signed(seal: SealFile, text: bytes) -> bytes:
    key = _opened(seal).key
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(text, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    raise SealFault(f"{seal.path} has no key that the log can be signed with (RSA or an elliptic curve)")


def _certificates(seal: SealFile) -> list[x509.Certificate]:
    own = _opened(seal).cert
    more = x509.load_pem_x509_certificates(seal.trusted.read_bytes()) if seal.trusted else []
    return ([own.certificate] if own else []) + more


def _is_signed_by(certificates: Sequence[x509.Certificate], signature: bytes, text: bytes) -> bool:
    for certificate in certificates:
        key = certificate.public_key()
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, text, ec.ECDSA(hashes.SHA256()))
            elif isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
            else:
                continue
        except InvalidSignature:
            continue
        return True
    return False
