"""Writes small WebP pictures, and what Pillow reads of them, for WebpTest: python3 src/test/python/webp.py (needs Pillow).

Each NAME.webp has NAME.png beside it: the picture as Pillow decodes it, turned as its EXIF says.
"""
import io
import pathlib

from PIL import Image, ImageOps

OUT = pathlib.Path(__file__).parent.parent / "resources" / "webp"
SIZE = (23, 17)


def ramps(alpha=False):
    """Smooth in colour, different in each corner, so that a wrong turn or channel shows."""
    image = Image.new("RGBA" if alpha else "RGB", SIZE)
    for y in range(SIZE[1]):
        for x in range(SIZE[0]):
            colour = (x * 255 // 22, y * 255 // 16, (x + y) * 255 // 38)
            image.putpixel((x, y), colour + ((x * y) % 256,) if alpha else colour)
    return image


def save(name, image, **how):
    data = io.BytesIO()
    image.save(data, "WEBP", **how)
    (OUT / f"{name}.webp").write_bytes(data.getvalue())
    read = ImageOps.exif_transpose(Image.open(io.BytesIO(data.getvalue()))).convert("RGBA")
    read.convert("RGBA" if image.mode == "RGBA" else "RGB").save(OUT / f"{name}.png", optimize=True)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    turned = Image.Exif()
    turned[0x0112] = 6
    save("lossless", ramps(), lossless=True)
    save("lossy", ramps(), quality=90)
    save("gray", ramps().convert("L").convert("RGB"), lossless=True)
    save("alpha", ramps(alpha=True), lossless=True, exact=True)
    save("turned", ramps(), lossless=True, exif=turned)
    other = Image.new("RGB", SIZE, "red")
    save("animated", ramps(), lossless=True, save_all=True, append_images=[other], duration=100)


if __name__ == "__main__":
    main()
