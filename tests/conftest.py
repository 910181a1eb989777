"""Settings of every test: Hypothesis waits for the compiler, and its examples are the same always."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "tairiku",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tairiku")
