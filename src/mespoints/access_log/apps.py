from django.apps import AppConfig


class AccessLogConfig(AppConfig):
    name = "mespoints.access_log"
    label = "access_log"
    default_auto_field = "django.db.models.BigAutoField"
