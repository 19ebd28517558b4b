"""Pictures in the library: one record each, with what a reader must be told about it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_PIXELS = 60_000_000
MOST_BYTES = 25 * 2**20


def original_path(image: Image, filename: str) -> str:
    """A name that cannot be guessed: originals may hold what the printed renditions do not (places, serial numbers)."""
    return f"originals/{get_random_string(20)}{PurePosixPath(filename).suffix.lower()[:6]}"


def a_picture(upload: UploadedFile[Any]) -> None:
    """Refuse what is not really a picture, or would take too much memory to open."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 25 MB. Save it smaller and try again."), "too_large")
    try:
        upload.seek(0)
        with Pillow.open(upload, formats=FORMATS) as picture:
            pixels = picture.width * picture.height
    except (OSError, ValueError, Pillow.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is not a picture we can print. Use JPEG, PNG, WebP, AVIF or GIF."), "not_a_picture"
        ) from error
    finally:
        upload.seek(0)
    if pixels > MOST_PIXELS:
        raise ValidationError(
            _("The picture has more than 60 million pixels. Save it smaller."), "too_many_pixels"
        )


def share_of_one(verbose_name: Any, default: float) -> models.FloatField[float, float]:
    return models.FloatField(
        verbose_name, default=default, validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )


class Image(models.Model):
    title = models.CharField(_("title"), max_length=120, help_text=_("For finding it in the library."))
    file = models.FileField(_("file"), upload_to=original_path, validators=[a_picture])
    caption = models.CharField(_("caption"), max_length=400, blank=True, help_text=_("Explains the picture."))
    credit = models.CharField(_("credit"), max_length=120, blank=True, help_text=_("Who made it."))
    alt = models.CharField(
        _("alt text"),
        max_length=250,
        blank=True,
        help_text=_("What a reader who cannot see it should be told."),
    )
    focal_x = share_of_one(_("focal point, across (0 to 1)"), 0.5)
    focal_y = share_of_one(_("focal point, down (0 to 1)"), 0.5)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    renditions = models.JSONField(
        _("renditions"), default=dict, editable=False
    )  # {"avif": {"480": "media path", …}, …}
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="image_focal_point_is_inside",
            )
        ]

    def __str__(self) -> str:
        return self.title
