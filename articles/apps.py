"""The app, and the desk in place of Django's stock admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from newsroom.checks import one_count_for_all_machines


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        checks.register(one_count_for_all_machines, deploy=True)


class DeskConfig(AdminConfig):
    default_site = "articles.desk.site.DeskSite"
