"""The house's settings with this mechanism in the list, for a house that has not put it there."""

from essaim.config import settings as house
from essaim.config.settings import *  # noqa: F403

NAME = "essaim.mechanisms.cheer"
if NAME not in house.MECHANISMS:
    MECHANISMS = [*house.MECHANISMS, NAME]
    INSTALLED_APPS = [*house.INSTALLED_APPS[:-3], NAME, *house.INSTALLED_APPS[-3:]]
