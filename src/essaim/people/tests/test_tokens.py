from datetime import timedelta

from essaim.kit import clock
from essaim.people import tokens
from essaim.people.models import ApiToken


def test_token_is_found_by_its_secret_only(marie):
    token, secret = tokens.issue(marie, "my script", ["read", "write", "read"])

    assert tokens.find(secret) == token
    assert tokens.find(secret + "x") is None
    assert token.scopes == ["read", "write"]
    assert secret not in str(ApiToken.objects.values().get())


def test_revoked_expired_and_orphan_tokens_open_nothing(marie):
    revoked, one = tokens.issue(marie, "revoked", [])
    _, two = tokens.issue(marie, "expired", [], expires_at=clock.now() - timedelta(seconds=1))
    _, three = tokens.issue(marie, "orphan", [])

    tokens.revoke(revoked)
    assert (tokens.find(one), tokens.find(two)) == (None, None)
    assert tokens.find(three) is not None

    marie.is_active = False
    marie.save()
    assert tokens.find(three) is None


def test_last_use_is_noted_at_most_once_a_minute(marie):
    _, secret = tokens.issue(marie, "script", [])
    start = clock.now()

    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        with clock.at(start + timedelta(seconds=seconds)):
            assert tokens.find(secret).last_used_at == start + timedelta(seconds=noted)
