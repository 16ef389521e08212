"""Pictures that Python holds, as PNG files: arrays of numpy, tensors of torch, images of PIL."""

from __future__ import annotations

import os
import re
import shutil
import struct
import tempfile
import weakref
import zlib
from pathlib import Path
from typing import Any, Optional

_MODES = {1: 0, 2: 4, 3: 2, 4: 6}  # channels: PNG's colour type
_MOST = 100_000_000  # pixels, as of a file
_HOW = "give uint8 of 0 to 255, or floats of 0 (black) to 1 before mean and std are taken off"


def is_picture(value: Any) -> bool:
    """Whether it is an array, a tensor or an image: no name of a file."""
    # an image is asked first: it reads its file for an array
    return _is_image(value) or _is_tensor(value) or hasattr(value, "__array_interface__")


def _is_tensor(value: Any) -> bool:
    return hasattr(value, "detach") and hasattr(value, "cpu")


def _is_image(value: Any) -> bool:
    return hasattr(value, "convert") and hasattr(value, "tobytes") and hasattr(value, "mode")


def pngs(value: Any) -> list[bytes]:
    """A picture, or each one of a batch, as a PNG of 256 levels."""
    if _is_image(value):
        return [_of_image(value)]
    try:
        import numpy
    except ImportError:
        raise TypeError("pictures in memory take numpy; pip install numpy, or give the path of a file") from None
    array = _array(numpy, value)
    if array.ndim not in (2, 3, 4) or 0 in array.shape:
        raise ValueError(f"an array of shape {array.shape} is no picture; {_SHAPES}")
    if array[0].size > 4 * _MOST if array.ndim == 4 else array.size > 4 * _MOST:
        raise ValueError(f"an array of shape {array.shape} has pictures over 100 megapixels; make them smaller first")
    levels = _levels(numpy, array)
    return [_png(each) for each in (levels if levels.ndim == 4 else [levels])]


def _array(numpy: Any, value: Any) -> Any:
    if numpy.ma.is_masked(value):
        raise ValueError("an array with masked values is no picture; fill them first")
    try:
        if _is_tensor(value):
            value = value.detach().cpu()
            value = (value.float() if value.is_floating_point() else value).numpy()
        return numpy.asarray(value)
    except (RuntimeError, TypeError) as error:  # sparse, quantized, of no device, conjugated
        raise ValueError(f"a {type(value).__name__} that is no array: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


_SHAPES = "pictures are height x width, channels x height x width (or channels last), or a batch of these"


def _levels(numpy: Any, array: Any) -> Any:
    """Bytes with the channels last."""
    if array.dtype.kind not in "biuf":
        raise ValueError(f"values of type {array.dtype} are no levels; {_HOW}")
    if array.dtype.kind == "b":
        array = array * numpy.uint8(255)
    elif array.dtype.kind == "f":
        if not (array.min() >= 0 and array.max() <= 1):
            raise ValueError(f"values are {array.min():.4g} to {array.max():.4g}; {_HOW}")
        array = numpy.rint(array * 255).astype("uint8")
    elif array.min() < 0 or array.max() > 255:
        raise ValueError(f"{array.dtype} values of {array.min()} to {array.max()} are no levels; {_HOW}")
    elif array.dtype.itemsize > 1 and array.max() == 1:
        raise ValueError(f"whole numbers of 0 and 1 may be levels or not; {_HOW}")
    array = array.astype("uint8")
    if array.ndim == 2:
        return array[..., None]
    first, last = array.shape[-3] in (1, 3), array.shape[-1] in (1, 3, 4)
    if first == last:
        raise ValueError(f"of shape {array.shape}, which axis has the channels can't be told; {_SHAPES}")
    return numpy.moveaxis(array, -3, -1) if first else array


def _of_image(image: Any) -> bytes:
    if image.mode not in ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "LAB"):
        raise ValueError(f"an image of mode {image.mode} has no 256 levels; convert it to RGB")
    clear = "A" in image.mode.replace("LAB", "") or "transparency" in getattr(image, "info", {})
    mode = "RGBA" if clear else "L" if image.mode in ("1", "L") else "RGB"
    try:
        levels = image.convert(mode).tobytes()
    except OSError as error:  # it is read from its file only now
        raise ValueError(f"the image can't be read: {_first_line(error)}") from error
    return _file(image.size, len(mode), levels)


def _png(levels: Any) -> bytes:
    height, width, channels = levels.shape
    return _file((width, height), channels, levels.tobytes())


def _file(size: tuple[int, int], channels: int, levels: bytes) -> bytes:
    width, height = size
    if not 0 < width * height <= _MOST:
        raise ValueError(f"a picture of {width} x {height} pixels is not taken; 1 pixel to 100 megapixels are")
    row = width * channels
    rows = b"".join(b"\0" + levels[y * row : (y + 1) * row] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, _MODES[channels], 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


class Folder:
    """Files of pictures, which are removed with this object and with Python. It is made for the first picture."""

    def __init__(self) -> None:
        self.path: Optional[Path] = None
        self.files: list[str] = []

    def named(self, message: str) -> str:
        """The message, with the places of pictures for their files, which nobody knows."""
        return re.sub(re.escape(str(self.path)) + r"[/\\](\d+)\.png", r"picture \1", message) if self.files else message

    def add(self, value: Any) -> list[str]:
        """Writes a picture or a batch; the paths of the files."""
        if self.path is None:
            self.path = Path(tempfile.mkdtemp(prefix="whisker-pictures-"))
            weakref.finalize(self, _remove, self.path, os.getpid())
        added = []
        for each in pngs(value):
            file = self.path / f"{len(self.files) + len(added)}.png"
            file.write_bytes(each)
            added.append(str(file))
        self.files += added
        return added


def _remove(path: Path, made_by: int) -> None:
    if made_by == os.getpid():  # not by what was forked
        shutil.rmtree(path, ignore_errors=True)


def as_files(value: Any, folder: Folder) -> Any:
    """The same, with paths where there were pictures."""
    if is_picture(value):
        return folder.add(value)
    if isinstance(value, (list, tuple)) and any(map(is_picture, value)):
        return [path for each in value for path in (folder.add(each) if is_picture(each) else [each])]
    return value
