"""Signing in through an OpenID Connect provider: a small real one, on loopback, over real HTTP."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from essaim.people import terms
from essaim.people.evidence import fingerprint
from essaim.people.models import Member

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC_KEY = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
PERSON = {"sub": "u-1", "email": "ines@example.org", "email_verified": True, "name": "Inès Faure"}


class Provider(BaseHTTPRequestHandler):
    """Discovery, token, user info and keys; the authorization page is the test's own step."""

    def do_GET(self):
        issuer = f"http://127.0.0.1:{self.server.server_port}"
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/keys",
            },
            "/keys": {
                "keys": [{**PUBLIC_KEY, "kid": "k", "alg": "RS256"}],
            },
            "/userinfo": PERSON,
        }
        self.answer(pages[self.path])

    def do_POST(self):
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.exchanged.append(given)
        now = int(time.time())
        claims = {**PERSON, "iss": f"http://127.0.0.1:{self.server.server_port}", "aud": "essaim", "iat": now}
        token = jwt.encode({**claims, "exp": now + 60}, KEY, algorithm="RS256", headers={"kid": "k"})
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token, "expires_in": 60})

    def answer(self, page):
        body = json.dumps(page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.exchanged = []
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    app = {
        "provider_id": "house",
        "name": "Le Cercle",
        "client_id": "essaim",
        "secret": "shared",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def come_back(client):
    """Leave for the provider by its button, and come back with a code."""
    sent = client.post("/accounts/oidc/house/login/")
    query = parse_qs(urlsplit(sent.url).query)
    assert query["code_challenge_method"] == ["S256"]
    return client.get("/accounts/oidc/house/login/callback/", {"code": "c", "state": query["state"][0]})


def test_provider_is_offered_only_when_configured(client, owner):
    assert "/accounts/oidc/" not in client.get("/accounts/login/").content.decode()


def test_newcomer_from_the_provider_fills_in_the_house_form(client, owner, provider):
    assert "Continuer avec Le Cercle" in client.get("/accounts/login/").content.decode()

    back = come_back(client)
    assert (back.status_code, back.url) == (302, "/accounts/3rdparty/signup/")
    form = client.get(back.url)
    assert 'value="Inès Faure"' in form.content.decode()
    given = {
        "display_name": "Inès Faure",
        "email": "ines@example.org",
        "handle": "",
        "birth_year": "1990",
        "languages": ["fr"],
        "accept_terms": "on",
        "terms_seen": fingerprint(terms.terms_text("fr")),
    }
    refused = client.post(back.url, {**given, "birth_year": "2022"})
    assert list(refused.context["form"].errors) == ["birth_year"]

    done = client.post(back.url, given)

    assert (done.status_code, done.url) == (302, "/")
    member = Member.objects.get(email="ines@example.org")
    assert (member.handle, member.has_usable_password()) == ("ines.faure", False)
    assert member.email_confirmed_at is not None
    assert SocialAccount.objects.get(user=member).uid == "u-1"
    assert provider.exchanged[0]["code"] == ["c"]
    assert client.get("/settings/").status_code == 200

    client.logout()
    assert come_back(client).url == "/"
    assert client.get("/settings/").status_code == 200


def test_member_with_the_vouched_address_is_signed_in(client, owner, make_member, provider):
    member = make_member("Ines")

    assert come_back(client).url == "/"

    assert SocialAccount.objects.get().user == member
    assert Member.objects.count() == 2
