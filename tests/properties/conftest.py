"""How long the properties are searched: quickly by default, at length with HYPOTHESIS_PROFILE=thorough."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Many a walk is of no use to the property it was made for; what counts are the examples that are.
UNHEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
CHECKS = {"deadline": None, "suppress_health_check": UNHEALTHY}

settings.register_profile("quick", max_examples=30, stateful_step_count=15, **CHECKS)
settings.register_profile("thorough", max_examples=1_000, stateful_step_count=30, **CHECKS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
