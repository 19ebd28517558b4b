"""A reply belongs to the article of the comment it answers. Django has no constraint that says so."""

from django.db import migrations

NAME = "comment_parent_is_in_the_same_article"

POSTGRESQL = f"""
CREATE UNIQUE INDEX comment_in_article ON articles_comment (id, article_id);
ALTER TABLE articles_comment ADD CONSTRAINT {NAME}
    FOREIGN KEY (parent_id, article_id) REFERENCES articles_comment (id, article_id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

SQLITE = f"""
CREATE TRIGGER {NAME}_on_{{verb}} BEFORE {{event}} ON articles_comment
WHEN NEW.parent_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM articles_comment WHERE id = NEW.parent_id AND article_id = NEW.article_id)
BEGIN
    SELECT RAISE(ABORT, '{NAME}');
END;
"""
EVENTS = {"insert": "INSERT", "update": "UPDATE OF parent_id, article_id"}


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for verb, event in EVENTS.items():
            schema_editor.execute(SQLITE.format(verb=verb, event=event))


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE articles_comment DROP CONSTRAINT {NAME}; DROP INDEX comment_in_article;")
    else:
        for verb in EVENTS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}_on_{verb}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_first_edition")]
    operations = [migrations.RunPython(add, remove)]
