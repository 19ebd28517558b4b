"""The app, and the desk in place of Django's stock admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")


class DeskConfig(AdminConfig):
    default_site = "articles.desk.site.DeskSite"
