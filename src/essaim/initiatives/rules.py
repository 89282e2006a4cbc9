"""An initiative's rules, checked by the mechanism's settings form and kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder

from essaim.initiatives.domain import RulesNotValid
from essaim.initiatives.mechanism import Mechanism


def cleaned_rules(manifest: Mechanism, rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules as the settings form understands them, defaults filled in. Raises RulesNotValid with every fault."""
    if manifest.settings_form is None:
        return _plain(rules)
    form = manifest.settings_form(data=dict(rules))
    if not form.is_valid():
        faults = "; ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        raise RulesNotValid(faults=faults)
    return _plain(form.cleaned_data)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder)))
