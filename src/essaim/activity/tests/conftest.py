from essaim.activity.tests.fixtures import *  # noqa: F403
