"""The first count of a paper that printed before its counts were kept."""

from django.db import migrations

from articles.press.counts import recount


def count(apps, schema_editor):
    # names few columns of today's tables; a new paper has nothing to count, whatever its tables become
    if apps.get_model("articles", "Article")._base_manager.exists():
        recount()


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_kept_counts")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
