"""Pictures in an S3 bucket: a server of moto's on this machine stands in for it."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from PIL import Image as Pillow

from articles.models import Image
from tests.factories import an_image

server = pytest.importorskip("moto.server", reason="moto is in requirements-dev.txt")

BUCKET = "newsroom-pictures"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    stand_in = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    stand_in.start()
    host, port = stand_in.get_host_and_port()
    yield f"http://{host}:{port}"
    stand_in.stop()


@pytest.fixture
def bucket(s3: str, settings: Any) -> Any:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "newsroom.storage.Bucket",
            "OPTIONS": {
                "bucket_name": BUCKET,
                "endpoint_url": s3,
                "access_key": "key",
                "secret_key": "secret",
                "region_name": "us-east-1",
                "printed_acl": "public-read",
            },
        },
    }
    made = storages["default"]
    made.bucket.create()  # type: ignore[attr-defined]
    yield made
    made.bucket.objects.delete()  # type: ignore[attr-defined]
    made.bucket.delete()  # type: ignore[attr-defined]


def anonymously(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def paths(image: Image) -> list[tuple[str, str]]:
    """(width, path) of all its renditions."""
    return [pair for widths in image.renditions.values() for pair in widths.items()]


def test_a_picture_is_developed_into_the_bucket_and_leaves_by_the_papers_own_door(
    bucket: Any, client: Client
) -> None:
    for width, path in paths(an_image()):
        assert bucket.url(path) == f"/media/{path}"
        given: Any = client.get(f"/media/{path}")
        assert given.status_code == 200
        assert "immutable" in given["Cache-Control"]
        picture = Pillow.open(io.BytesIO(b"".join(given.streaming_content)))
        assert picture.width == int(width)


def test_originals_are_private_and_renditions_public(bucket: Any, s3: str, client: Client) -> None:
    image = an_image()
    assert {anonymously(f"{s3}/{BUCKET}/{path}") for _width, path in paths(image)} == {200}
    assert anonymously(f"{s3}/{BUCKET}/{image.file.name}") == 403
    assert client.get(f"/media/{image.file.name}").status_code == 404
    with image.file.open("rb") as original:
        assert Pillow.open(original).width == image.width


def test_a_rendition_may_be_kept_for_good_by_whoever_fetches_it(bucket: Any) -> None:
    image = an_image()
    for kind, widths in image.renditions.items():
        printed = bucket.bucket.Object(widths["240"])
        assert "immutable" in printed.cache_control
        assert printed.content_type == f"image/{kind}"
    assert bucket.bucket.Object(image.file.name).cache_control is None


def test_a_bucket_without_lists_of_rights_is_asked_for_none(bucket: Any) -> None:
    """Those that were made since 2023 refuse every file that comes with one."""
    bucket.printed_acl = ""
    assert "ACL" not in bucket.get_object_parameters("pictures/ab/abc-480.webp")
    bucket.printed_acl = "public-read"


def test_two_pictures_of_one_name_do_not_overwrite_each_other(bucket: Any) -> None:
    first = bucket.save("originals/canal.jpg", ContentFile(b"first"))
    second = bucket.save("originals/canal.jpg", ContentFile(b"second"))
    assert first != second
    with bucket.open(first) as file:
        assert file.read() == b"first"


def test_readers_may_be_sent_to_another_host_for_pictures(bucket: Any, settings: Any) -> None:
    settings.MEDIA_URL = "https://pictures.example.org/"
    assert bucket.url("pictures/ab/abc-480.webp") == "https://pictures.example.org/pictures/ab/abc-480.webp"
    assert bucket.url("originals/a b.jpg") == "https://pictures.example.org/originals/a%20b.jpg"


def test_a_picture_that_is_not_in_the_bucket_is_not_found(bucket: Any, client: Client) -> None:
    assert client.get("/media/pictures/ab/none-480.webp").status_code == 404
