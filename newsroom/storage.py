"""Pictures in a bucket (STORAGE_URL=s3://…): originals private, printed renditions for everybody, and for good.

Needs the packages of requirements-s3.txt. Addresses of pictures are the same as with a folder, so a paper can move
from one to the other: they begin with MEDIA_URL, which is the newsroom's own door unless it names another host.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from newsroom.files import FOR_GOOD, is_printed, type_of


class Bucket(S3Storage):
    printed_acl: str

    def get_default_settings(self) -> dict[str, Any]:
        # `printed_acl`: for buckets that have such lists; others say by a policy that anybody may read pictures/
        return {**super().get_default_settings(), "file_overwrite": False, "printed_acl": ""}

    def get_object_parameters(self, name: str) -> dict[str, str]:
        if not is_printed(name):
            return {}
        acl = {"ACL": self.printed_acl} if self.printed_acl else {}
        return {"CacheControl": FOR_GOOD, "ContentType": type_of(name), **acl}

    def url(self, name: str | None, *_where: Any, **_how: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name or ""))
