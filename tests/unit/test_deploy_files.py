"""The files of deploy/ are what docs/operations.md says: units that systemd takes, a proxy that hands on nothing false."""

import configparser
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tillsyn.inspect import settings as settings_module
from tillsyn.inspect.rules.files import LARGEST_SENT, MEBIBYTE
from tillsyn.inspect.settings import UnfitSettings, read_settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("tillsyn*"))
KEYS = {
    "TILLSYN_SECRET_KEY": "the tests' own secret, longer than thirty-two characters",
    "TILLSYN_DATA_KEY": "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24=",
    "TILLSYN_FIELD_KEY": "dGhlIHRlc3RzJyBvd24ga2V5OiAzMiBieXRlcyBsb24=",
}


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string((DEPLOY / name).read_text())
    return read


def environment(text: str) -> dict[str, str]:
    """As systemd reads a file of settings: NAME=VALUE, lines of # left out."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Z_]+=\S*", line) for line in lines), lines
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    """Its own reader is asked where it is installed; the rest holds everywhere."""
    sections = unit(name).sections()
    assert "Unit" in sections and ("Service" in sections or "Timer" in sections)
    asked = shutil.which("systemd-analyze")
    if asked is None:
        return
    for other in UNITS:  # with a program in place of ours, which is not installed there
        text = re.sub(r"/srv/tillsyn/\.venv/bin/tillsyn", "/bin/true", (DEPLOY / other).read_text())
        (tmp_path / other).write_text(text)
    done = subprocess.run([asked, "verify", tmp_path / name], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or name in line]
    assert not said


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    service = unit(name)["Service"]
    assert (service["User"], service["UMask"], service["LimitCORE"]) == ("tillsyn", "0077", "0")
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service["CapabilityBoundingSet"] == ""
    assert service["StateDirectory"] == "tillsyn"


def test_a_stop_gives_the_server_time_to_answer() -> None:
    from tillsyn.inspect.commands.serving import GRACE

    service = unit("tillsyn.service")["Service"]
    assert (service["KillMode"], service["Type"]) == ("mixed", "notify")
    assert int(service["TimeoutStopSec"]) > GRACE


def test_the_settings_start_when_the_keys_are_filled_in_and_not_before(tmp_path: Path) -> None:
    given = environment((DEPLOY / "environment").read_text()) | {"TILLSYN_INSTANCE": str(tmp_path)}
    with pytest.raises(UnfitSettings, match="TILLSYN_SECRET_KEY"):
        read_settings(given)
    settings = read_settings(given | KEYS)
    assert settings.is_production and settings.cookies_are_secure
    assert (settings.proxies, settings.log, settings.metrics_token) == (1, "json", None)


def test_what_is_left_for_choice_is_known_and_can_be_used(tmp_path: Path) -> None:
    text = (DEPLOY / "environment").read_text()
    known = str(settings_module.__doc__)
    chosen = environment(re.sub(r"(?m)^#(?=[A-Z])", "", text))
    for name in chosen:
        assert name in known or name.rpartition("_")[2] in known, name
    more = {"TILLSYN_INSTANCE": str(tmp_path), "TILLSYN_METRICS_TOKEN": "x" * 32}
    settings = read_settings(chosen | KEYS | more)
    assert "sslmode=verify-full" in settings.database_url and settings.mail is not None


def directives(text: str) -> list[str]:
    """Lines of nginx's configuration, without remarks; braces are in balance."""
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    found = [line for line in lines if line]
    assert sum(line.endswith("{") for line in found) == found.count("}")
    assert all(line.endswith((";", "{", "}")) for line in found), found
    return found


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a name short enough for sockets."""
    with TemporaryDirectory(prefix="ngx") as folder:
        yield Path(folder)


def filled_in(place: Path) -> str:
    """The example with a certificate, and with sockets and logs in `place`, so that anybody can try it."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tillsyn.example.se")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = (
        made.serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
    )
    signed = made.sign(key, hashes.SHA256())
    (place / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (place / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    text = (DEPLOY / "nginx.conf").read_text()
    text = text.replace("/etc/ssl/tillsyn/", f"{place}/").replace("/var/log/nginx/", f"{place}/")
    numbers = count(1)
    return re.sub(r"listen [\d\[\]:]+", lambda _: f"listen unix:{place}/{next(numbers)}", text)


def asked_nginx(place: Path, text: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert program, (
        "nginx is not here: install it (apt-get install nginx-light, or run .ci/system-packages.sh)"
    )
    (place / "tillsyn.conf").write_text(text)
    (place / "nginx.conf").write_text(
        f"pid {place}/pid; error_log {place}/error.log; events {{}}\n"
        f"http {{ client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/f;"
        f" uwsgi_temp_path {place}/u; scgi_temp_path {place}/s; include {place}/tillsyn.conf; }}\n"
    )
    command = [program, "-t", "-p", str(place), "-c", str(place / "nginx.conf")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_nginx_takes_the_example_without_a_warning(place: Path) -> None:
    done = asked_nginx(place, filled_in(place))
    assert done.returncode == 0 and "test is successful" in done.stderr, done.stderr
    assert "[emerg]" not in done.stderr
    assert [line for line in done.stderr.splitlines() if "[warn]" in line and "http2" not in line] == []


def test_nginx_would_have_told_of_a_fault(place: Path) -> None:
    done = asked_nginx(
        place, filled_in(place).replace("proxy_pass http://tillsyn;", "proxy_pas http://tillsyn;", 1)
    )
    assert done.returncode != 0 and 'unknown directive "proxy_pas"' in done.stderr


def test_the_proxy_sets_every_header_that_is_believed_and_hands_on_none_of_a_client() -> None:
    found = directives((DEPLOY / "nginx.conf").read_text())
    sent = dict(line.rstrip(";").split()[1:3] for line in found if line.startswith("proxy_set_header"))
    assert sent["Host"] == "$host"
    assert sent["X-Forwarded-For"] == "$remote_addr"
    assert sent["X-Forwarded-Proto"] == "https"
    assert sent["X-Request-ID"] == "$request_id"
    for unused in ("X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded"):
        assert sent[unused] == '""'


def test_no_location_of_the_proxy_sets_a_header_of_its_own() -> None:
    """One that did would lose those of the server: nginx inherits all or none."""
    text = (DEPLOY / "nginx.conf").read_text()
    for location in re.findall(r"location [^{]+\{([^}]*)\}", text):
        assert "proxy_set_header" not in location and "add_header" not in location


def test_the_proxys_log_holds_no_address_of_a_page_or_a_person() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    (form,) = re.findall(r"log_format \w+ '([^']*)';", text)
    for telling in ("$request ", "$request_uri", "$uri", "$args", "$remote_addr", "$http_", "$remote_user"):
        assert telling not in f"{form} "
    assert "error_log /var/log/nginx/tillsyn-error.log crit;" in text


def test_what_is_sent_fits_in_the_memory_of_the_proxy_and_touches_no_disk() -> None:
    found = directives((DEPLOY / "nginx.conf").read_text())
    limits = dict(line.rstrip(";").split() for line in found if re.match(r"client_\w+_size", line))
    assert limits["client_max_body_size"] == limits["client_body_buffer_size"]
    assert int(limits["client_max_body_size"].removesuffix("m")) * MEBIBYTE > LARGEST_SENT
    assert "proxy_max_temp_file_size 0;" in found


def test_figures_and_readiness_are_for_this_machine_only() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    for address in ("/ready", "/metrics"):
        (block,) = re.findall(rf"location = {address} \{{([^}}]*)\}}", text)
        assert "deny all;" in block
