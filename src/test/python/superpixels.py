"""Writes pictures and their superpixels by scikit-image, for SuperpixelsTest: python3 src/test/python/superpixels.py (needs Pillow and scikit-image).

NAME.png is the picture, NAME-labels.png has the number of each pixel's superpixel as its gray value. Gray
pictures are seen as colours, as lime does.
"""
import pathlib

import numpy as np
from PIL import Image
from skimage.segmentation import slic

OUT = pathlib.Path(__file__).parent.parent / "resources" / "superpixels"
ABOUT = 50


def blots(planes, height, width):
    """Discs of random colours on a slope, with some noise, so that there are edges and ties are rare."""
    random = np.random.default_rng(72)
    y, x = np.mgrid[:height, :width]
    picture = np.stack([40 + 100 * x / width + 60 * y / height] * planes, -1)
    for _ in range(25):
        centre = random.random(2) * (height, width)
        inside = np.hypot(y - centre[0], x - centre[1]) < random.integers(3, 14)
        picture[inside] = random.integers(0, 256, planes)
    noisy = picture + random.normal(0, 6, picture.shape)
    return np.clip(np.round(noisy), 0, 255).astype(np.uint8)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for name, planes, height, width in [("colour", 3, 72, 96), ("gray", 1, 80, 64), ("strip", 1, 5, 200)]:
        picture = blots(planes, height, width)
        colours = np.repeat(picture, 3 // planes, -1)
        labels = slic(colours, n_segments=ABOUT, compactness=10, start_label=0)
        Image.fromarray(picture[..., 0] if planes == 1 else picture).save(OUT / f"{name}.png", optimize=True)
        Image.fromarray(labels.astype(np.uint8)).save(OUT / f"{name}-labels.png", optimize=True)
        print(name, labels.max() + 1)


if __name__ == "__main__":
    main()
