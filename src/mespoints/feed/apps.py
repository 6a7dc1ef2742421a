from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "mespoints.feed"
    label = "feed"
    default_auto_field = "django.db.models.BigAutoField"
