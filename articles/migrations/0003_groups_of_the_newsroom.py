"""Reporter, Editor and Moderator: who may do what on the desk. Operators may change the groups afterwards."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITES = ["add_story", "change_story", "view_story", "add_image", "change_image", "view_image"]
LOOKS_UP = ["view_section", "view_author", "view_tag", "view_article"]
GROUPS = {
    "Reporter": [*WRITES, *LOOKS_UP],
    "Editor": [
        *WRITES,
        *LOOKS_UP,
        "delete_story",
        "publish_story",
        *[f"{deed}_{thing}" for thing in ("section", "author", "tag") for deed in ("add", "change", "delete")],
        "delete_image",
        "view_comment",
        "change_comment",
    ],
    "Moderator": ["view_comment", "change_comment", "delete_comment", "view_article"],
}


def add(apps, schema_editor):
    # permissions are made after all migrations; the groups need them now
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        made, _new = group.objects.get_or_create(name=name)
        made.permissions.set(
            permission.objects.filter(content_type__app_label="articles", codename__in=codenames)
        )


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_comment_parent_is_in_the_same_article"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(add, remove)]
