"""Everything editors and moderators can open in the desk."""

from articles.desk import admin as desk  # noqa: F401
from articles.talk import admin as talk  # noqa: F401
