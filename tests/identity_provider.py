"""An OpenID provider of its own process, on the server side of Authlib: code flow, PKCE demanded, signed tokens.

`python tests/identity_provider.py PORT`. POST /say sets who signs in and what the next tokens say beside the truth
(`claims`, which override), with which key they are signed (`key`: own | other), and what the answer carries (`answer`).
"""

import sys
import time
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, redirect, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

PORT = int(sys.argv[1])
ISSUER = f"http://127.0.0.1:{PORT}"
KEYS = {name: RSAKey.generate_key(2048, {"kid": "one"}) for name in ("own", "other")}
CODES: dict[str, "Code"] = {}
SAID: dict[str, Any] = {"sub": "s1", "claims": {}, "key": "own", "answer": {}, "seen": []}


class Client:
    client_id = "tillsyn"

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri.endswith("/sign-in/identity/answer")

    def check_client_secret(self, secret: str) -> bool:
        return secret == "between us"

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


class User:
    def get_user_id(self) -> str:
        return str(SAID["sub"])


class Code:
    def __init__(self, request: Any) -> None:
        given = request.payload.data
        self.redirect_uri, self.scope = given.get("redirect_uri"), given.get("scope")
        self.nonce, self.acr_values = given.get("nonce"), given.get("acr_values", "")
        self.code_challenge = given.get("code_challenge")
        self.code_challenge_method = given.get("code_challenge_method")

    def get_redirect_uri(self) -> str:
        return str(self.redirect_uri)

    def get_scope(self) -> str:
        return str(self.scope)

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> str | None:
        return self.acr_values.split()[0] if self.acr_values else None

    def get_amr(self) -> None:
        return None


class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        CODES[code] = Code(request)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return CODES.get(code)

    def delete_authorization_code(self, found: Code) -> None:
        for name in [name for name, kept in CODES.items() if kept is found]:
            del CODES[name]

    def authenticate_user(self, found: Code) -> User:
        return User()


class SignedToken(OpenIDCode):  # type: ignore[misc]
    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return False

    def get_jwt_config(self, grant: Any, client: Any = None) -> dict[str, Any]:
        return {"key": KEYS[SAID["key"]], "alg": "RS256", "iss": ISSUER, "exp": 300, "kid": "one"}

    def get_audiences(self, request: Any) -> list[str]:
        return [Client.client_id]

    def generate_user_info(self, user: User, scope: str) -> UserInfo:
        told = {"sub": SAID["sub"], "email": "anna@example.se", "email_verified": True}
        return UserInfo({**told, **SAID["claims"]})


app = Flask(__name__)
server = AuthorizationServer(
    app, query_client=lambda name: Client() if name == "tillsyn" else None, save_token=lambda *_: None
)
server.register_grant(CodeGrant, [SignedToken(require_nonce=True), CodeChallenge(required=True)])


@app.get("/.well-known/openid-configuration")
def configuration() -> Any:
    return jsonify(
        issuer=SAID.get("issuer") or ISSUER, authorization_endpoint=f"{ISSUER}/authorize",
        token_endpoint=f"{ISSUER}/token", jwks_uri=f"{ISSUER}/keys", end_session_endpoint=f"{ISSUER}/leave",
        authorization_response_iss_parameter_supported=True,
    )  # fmt: skip


@app.get("/keys")
def keys() -> Any:
    return jsonify(KeySet([KEYS["own"]]).as_dict(private=False))


@app.get("/authorize")
def authorize() -> Any:
    """Whoever comes is signed in at once as the one that was said."""
    SAID["seen"].append(dict(request.args))
    if not request.args.get("code_challenge"):
        return "PKCE is demanded (Authlib demands it of public clients only)", 400
    if SAID["answer"].get("error"):
        return redirect(
            f"{request.args['redirect_uri']}?{urlencode({'state': request.args['state'], 'iss': ISSUER, **SAID['answer']})}"
        )
    grant = server.get_consent_grant(end_user=User())
    answer = server.create_authorization_response(grant=grant, grant_user=User())
    where = {"iss": ISSUER, **SAID["answer"]}
    answer.headers["Location"] += "&" + urlencode({key: value for key, value in where.items() if value})
    return answer


@app.post("/token")
def token() -> Any:
    return server.create_token_response()


@app.post("/say")
def say() -> Any:
    SAID.update({"sub": "s1", "claims": {}, "key": "own", "answer": {}, "issuer": "", "seen": []})
    SAID.update(request.get_json())
    return jsonify(ok=True)


@app.get("/seen")
def seen() -> Any:
    return jsonify(SAID["seen"])


if __name__ == "__main__":
    make_server("127.0.0.1", PORT, app, threaded=True).serve_forever()
