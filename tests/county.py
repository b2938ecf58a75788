"""A county's sign-in on loopback: a real OpenID provider that checks what it must, and can be told to lie."""

import base64
import hashlib
import json
import threading
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from youthcourt import clock

CLIENT_ID, CLIENT_SECRET = "youthcourt", "what only we two know"


class Silent(WSGIRequestHandler):
    def log_request(self, *_args):
        pass


class Provider:
    """Signs everybody in as `subject`; `lie` changes the claims, `forge` the token, before it goes out."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.subject, self.lie, self.forge = "1234", lambda claims: claims, None
        self.speaks_for = None
        self.now = clock.now()
        self._codes = {}
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Silent)
        self.issuer = f"http://127.0.0.1:{self._server.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ, start):
        request = Request(environ)
        answer = getattr(self, "_" + request.path.rsplit("/", 1)[1].replace("-", "_"))(request)
        return answer(environ, start)

    def _openid_configuration(self, _request):
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        told = {name: f"{self.issuer}/{path}" for name, path in places.items()}
        return Response(
            json.dumps({"issuer": self.speaks_for or self.issuer, **told}), mimetype="application/json"
        )

    def _keys(self, _request):
        return Response(json.dumps({"keys": [self.key.as_dict(private=False)]}), mimetype="application/json")

    def _authorize(self, request):
        asked = request.args
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"] == "openid"
        code = f"code {len(self._codes)}"
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, request):
        asked = self._codes.pop(request.form["code"], None)
        verifier = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        who = request.authorization
        is_us = who and (who.username, who.password) == (CLIENT_ID, CLIENT_SECRET)
        if not (asked and is_us and challenge == asked["code_challenge"]):
            return Response('{"error": "invalid_grant"}', status=400, mimetype="application/json")
        now = int(self.now.timestamp())
        claims = self.lie(
            {
                "iss": self.issuer,
                "aud": CLIENT_ID,
                "sub": self.subject,
                "nonce": asked["nonce"],
                "iat": now,
                "exp": now + 300,
                "email": "cora.1@example.org",
            }
        )
        make = self.forge or (lambda told: jwt.encode({"alg": "RS256", "kid": "one"}, told, self.key))
        body = {"access_token": "a", "token_type": "Bearer", "id_token": make(claims)}
        return Response(json.dumps(body), mimetype="application/json")
