"""The house, its members and what they agreed to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock


class Members(BaseUserManager["Member"]):
    def create_user(self, email: str, handle: str, password: str | None = None, **fields: object) -> Member:
        member = self.model(email=self.normalize_email(email), handle=handle, **fields)
        member.set_password(password)
        member.full_clean(exclude=["password"])
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account. `erased_at` marks a tombstone: rows that point here stay right, the person is gone."""

    email = models.EmailField(_("e-mail"), max_length=254)
    handle = models.CharField(_("handle"), max_length=30)
    display_name = models.CharField(_("name shown"), max_length=80)
    sort_key = models.CharField(max_length=80, db_index=True, editable=False)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    place = models.CharField(_("town or area"), max_length=80, blank=True)
    bio = models.TextField(_("about you"), max_length=1000, blank=True)
    avatar = models.ImageField(upload_to="avatars/", blank=True)
    language = models.CharField(_("language of the pages"), max_length=8, default="fr")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.display_name or self.handle


class HouseRole(models.Model):
    """A role in the whole house, given by someone at a moment."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        MANAGER = "manager", _("community manager")
        MODERATOR = "moderator", _("moderator")
        DESIGNER = "designer", _("product designer")
        TREASURER = "treasurer", _("treasurer")
        ANALYST = "analyst", _("analyst")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="house_roles")
    role = models.CharField(max_length=12, choices=Role.choices)
    granted_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "role"], name="house_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.get_role_display()}"
