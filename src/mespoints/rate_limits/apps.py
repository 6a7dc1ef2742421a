from django.apps import AppConfig


class RateLimitsConfig(AppConfig):
    name = "mespoints.rate_limits"
    label = "rate_limits"
    default_auto_field = "django.db.models.BigAutoField"
