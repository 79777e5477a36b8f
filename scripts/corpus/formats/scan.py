"""PDF → the same pages as a scanner would give them: pictures, a little askew, with noise."""

import io
import random
import time
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

RESOLUTIONS = (150, 200)
"""Dots to the inch."""
SKEW = 0.5
"""Degrees: the most that a page lies askew."""
NOISE = 6.0
"""The usual deviation of a grey value, of 255."""


def scanned(
    data: bytes,
    rng: random.Random,
    pages: range | None = None,
    resolutions: Sequence[int] = RESOLUTIONS,
    noise: float = NOISE,
) -> bytes:
    """The pages of a PDF (all unless told) as a PDF of pictures in grey, the same for the same `rng`."""
    dpi = rng.choice(resolutions)
    document = pypdfium2.PdfDocument(data)
    pictures = []
    for number in pages or range(len(document)):
        picture = document[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        pictures.append(_worn(picture, rng, noise))
    out = io.BytesIO()
    midnight = time.gmtime(0)
    pictures[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=dpi,
        quality=75,
        creationDate=midnight,
        modDate=midnight,
    )
    return out.getvalue()


def _worn(picture: Image.Image, rng: random.Random, noise: float) -> Image.Image:
    """A page as it comes out of a scanner."""
    turned = picture.rotate(rng.uniform(-SKEW, SKEW), Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.7)))
    grain = np.random.default_rng(rng.getrandbits(32)).normal(0, noise, (soft.height, soft.width))
    grey = 20 + np.asarray(soft, np.float32) * (225 / 255) + grain
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
