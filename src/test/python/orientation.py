"""Pictures that a camera turned, and what Pillow's exif_transpose makes of them, for PictureMarksTest.

python3 orientation.py src/test/resources/org/whisker/image (Pillow 11.1)
"""

import struct
import sys
from pathlib import Path

from PIL import Image, ImageOps

folder = Path(sys.argv[1])
picture = Image.new("L", (24, 16))
picture.putdata([min(255, 9 * (i % 24) + 3 * (i // 24)) for i in range(24 * 16)])


def tiff(orientation, big):
    order = ">" if big else "<"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return (b"MM" if big else b"II") + struct.pack(order + "HIH", 42, 8, 1) + entry + bytes(4)


for orientation in range(1, 9):
    block = tiff(orientation, orientation % 2 == 0)
    picture.save(folder / f"turned-{orientation}.jpg", quality=95, exif=b"Exif\0\0" + block)
    picture.save(folder / f"turned-{orientation}.png", exif=block)
    upright = ImageOps.exif_transpose(Image.open(folder / f"turned-{orientation}.png"))
    upright.info.clear()
    upright.save(folder / f"upright-{orientation}.png")
