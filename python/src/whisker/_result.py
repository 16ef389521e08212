"""What a command wrote."""

import csv
import html
import json
import struct
from pathlib import Path


class Result:
    """The folder of a result.

    ``folder`` holds tables (CSV), maps (NPY), charts and the manifest; ``text`` is what the command
    printed. In a notebook it shows its report in a frame without scripts of others and without network.
    """

    def __init__(self, folder, text=""):
        self.folder = Path(folder).resolve()
        self.text = text

    @property
    def manifest(self):
        """The manifest: versions, seeds and the whole configuration."""
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    def _named(self, suffix):
        return sorted(
            path.relative_to(self.folder).with_suffix("").as_posix() for path in self.folder.rglob("*" + suffix)
        )

    def tables(self):
        """The names of all tables, such as ``vgg16-mini/padding/arms``."""
        return self._named(".csv")

    def maps(self):
        """The names of all maps."""
        return self._named(".npy")

    def charts(self):
        """The files of all charts."""
        return sorted(self.folder.rglob("*.png"))

    def _file(self, name, suffix):
        path = self.folder / (name + suffix)
        if not path.is_file():
            having = self._named(suffix)
            raise KeyError(f"{self.folder} has no {name + suffix}; it has {', '.join(having) or 'none'}")
        return path

    def table(self, name):
        """A table: a data frame with pandas, otherwise a list of dicts, with numbers as numbers."""
        path = self._file(name, ".csv")
        try:
            import pandas
        except ImportError:
            with open(path, newline="", encoding="utf-8") as file:
                return [{key: _value(cell) for key, cell in row.items()} for row in csv.DictReader(file)]
        return pandas.read_csv(path)

    def map(self, name):
        """A map: an array with numpy, otherwise a list of rows."""
        path = self._file(name, ".npy")
        try:
            import numpy
        except ImportError:
            return _rows(path.read_bytes())
        return numpy.load(path)

    @property
    def page(self):
        """The report as a file, or None."""
        path = self.folder / "index.html"
        return path if path.is_file() else None

    def __repr__(self):
        return f"Result({str(self.folder)!r})"

    def _repr_html_(self):
        if self.page is None:
            pictures = "".join(
                f"<figure><img alt='{html.escape(chart.stem)}' src='data:image/png;base64,{_base64(chart)}'></figure>"
                for chart in self.charts()[:6]
            )
            return f"<p><code>{html.escape(str(self.folder))}</code></p>{pictures}"
        page = html.escape(self.page.read_text(encoding="utf-8"), quote=True)
        # without allow-same-origin, the page's scripts reach neither the notebook nor its cookies
        return (
            f"<iframe sandbox='allow-scripts' style='width:100%;height:42rem;border:1px solid #ccc' "
            f'srcdoc="{page}"></iframe>'
        )


def _base64(path):
    import base64

    return base64.b64encode(path.read_bytes()).decode("ascii")


def _value(cell):
    if cell is None or cell == "":
        return None
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            pass
    return cell


def _rows(data):
    """A NPY file of one or two dimensions (format 1.0, little endian)."""
    if data[:6] != b"\x93NUMPY":
        raise ValueError("no NPY file")
    (length,) = struct.unpack_from("<H", data, 8)
    header = data[10 : 10 + length].decode("latin-1")
    kinds = {"<f4": "f", "<f8": "d", "<i4": "i", "<i8": "q", "|u1": "B"}
    kind = next((code for name, code in kinds.items() if f"'{name}'" in header), None)
    if kind is None or "'fortran_order': False" not in header:
        raise ValueError("install numpy to read this map: " + header.strip())
    shape = [int(n) for n in header.split("(")[1].split(")")[0].split(",") if n.strip()]
    count = 1
    for side in shape:
        count *= side
    values = list(struct.unpack_from(f"<{count}{kind}", data, 10 + length))
    if len(shape) == 1:
        return values
    if len(shape) == 2:
        return [values[i : i + shape[1]] for i in range(0, count, shape[1])]
    raise ValueError("install numpy to read a map of " + str(shape))
