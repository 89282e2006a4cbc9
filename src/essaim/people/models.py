"""The house, its members, and what they agreed to."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.kit.addresses import address
from essaim.kit.text import sort_key
from essaim.people.domain import skeleton

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, such as #f0a500."))
PSEUDONYM = "former-"


def default_languages() -> list[str]:
    return ["fr", "en"]


class House(models.Model):
    """This installation. One row, number 1; texts are written once per language: `{"fr": …, "en": …}`."""

    name = models.CharField(_("name of the house"), max_length=80, default="Essaim")
    taglines = models.JSONField(_("tagline"), default=dict, blank=True)
    promises = models.JSONField(_("what the house promises"), default=dict, blank=True)
    legal_notices = models.JSONField(_("legal notice"), default=dict, blank=True)
    terms_of_use = models.JSONField(_("terms of use"), default=dict, blank=True)
    legal_person = models.TextField(_("legal person"), blank=True)
    logo = models.FileField(_("logo"), upload_to="house/", blank=True)
    colour_main = models.CharField(_("main colour"), max_length=7, default="#f0a500", validators=[COLOUR])
    colour_accent = models.CharField(_("colour of the links"), max_length=7, default="#9a5b00", validators=[COLOUR])
    colour_calm = models.CharField(_("colour of what is well"), max_length=7, default="#2f6b4f", validators=[COLOUR])
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=default_languages)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), default=15, validators=[MaxValueValidator(99)])
    modules_off = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="house_is_one")]

    def __str__(self) -> str:
        return self.name

    @property
    def tagline(self) -> str:
        return in_language(self.taglines)

    @property
    def promise(self) -> str:
        return in_language(self.promises)

    @property
    def legal_notice(self) -> str:
        return in_language(self.legal_notices)

    def has_module(self, slug: str) -> bool:
        return slug not in self.modules_off


def in_language(texts: dict[str, str]) -> str:
    """The text in the reader's language, else in the first language that has one."""
    language = (get_language() or "").split("-")[0]
    return texts.get(language) or next((text for text in texts.values() if text), "")


class Members(BaseUserManager["Member"]):
    def create_user(self, email: str, handle: str, password: str | None = None, **fields: Any) -> Member:
        member = self.model(email=self.normalize_email(email), handle=handle, **fields)
        member.set_password(password)
        member.full_clean(exclude=["password", "sort_key", "skeleton"])
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """A person with an account. `erased_at` marks a tombstone: rows that point here stay, the person is gone."""

    email = models.EmailField(_("e-mail"), max_length=254)
    handle = models.CharField(_("handle"), max_length=30)
    display_name = models.CharField(_("name shown"), max_length=80)
    sort_key = models.CharField(max_length=80, db_index=True, editable=False)
    skeleton = models.CharField(max_length=30, db_index=True, editable=False)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    place = models.CharField(_("town or area"), max_length=80, blank=True)
    bio = models.TextField(_("about you"), max_length=1000, blank=True)
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    language = models.CharField(_("language of the pages"), max_length=8, default="fr")
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Members] = Members()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["handle"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="member_email_unique"),
            models.UniqueConstraint(Lower("handle"), name="member_handle_unique"),
            models.CheckConstraint(
                condition=Q(handle__regex=r"^[A-Za-z0-9]([A-Za-z0-9_.-]{1,28})[A-Za-z0-9]$"),
                name="member_handle_wellformed",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False, birth_year__isnull=True, bio="", place=""),
                name="member_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.handle

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.display_name or self.handle)[:80]
        self.skeleton = skeleton(self.handle)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("people:profile", self.handle)

    @property
    def avatar_url(self) -> str:
        return str(self.avatar.url) if self.avatar else ""

    @cached_property
    def roles(self) -> frozenset[str]:
        """House roles held when first asked; acts that depend on them read them again under their lock."""
        return frozenset(self.house_roles.values_list("role", flat=True))

    @property
    def is_staff(self) -> bool:
        """Carries a role of the house: the badge, and the second factor that comes with it."""
        return bool(self.roles)


class HouseRole(models.Model):
    """A role in the whole house, given by someone at a moment. The stream keeps the history."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        MANAGER = "manager", _("manager")
        MODERATOR = "moderator", _("moderator")
        DESIGNER = "designer", _("designer")
        TREASURER = "treasurer", _("treasurer")
        ANALYST = "analyst", _("analyst")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="house_roles")
    role = models.CharField(max_length=12, choices=Role.choices)
    granted_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "role"], name="house_role_once"),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=models.F("member")),
                name="house_role_not_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.get_role_display()}"


class Evidence(models.Model):
    """A text as it was shown, kept for ever: what somebody agreed to can be read again. Written once."""

    kind = models.SlugField(max_length=60)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="evidence_version_once"),
            models.UniqueConstraint(fields=["kind", "language", "sha256"], name="evidence_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} v{self.version}"


class Acceptance(models.Model):
    """A member accepted a text at a moment. Append-only."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="acceptances")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.member} ✓ {self.evidence}"


class Consent(models.Model):
    """One grant or withdrawal for one purpose; the latest row of a purpose is in force. Append-only, default off."""

    class Purpose(models.TextChoices):
        DIALOGUE = "dialogue", _("Personal messages")
        INFLUENCE = "influence", _("Influence graph")
        SHARE_MEASUREMENT = "share_measurement", _("Counting of my share links")
        PORTFOLIO = "portfolio", _("Public portfolio")
        FEDERATION = "federation", _("Federation")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    granted = models.BooleanField()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["member", "purpose", "-id"], name="consent_in_force")]

    def __str__(self) -> str:
        return f"{self.member} {'+' if self.granted else '−'}{self.purpose}"


class ApiToken(models.Model):
    """A key a member gives to a program. Only its hash is kept; it opens the scopes named and nothing else."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"
