"""What a command wrote."""

from __future__ import annotations

import base64
import csv
import html
import json
import re
import struct
from pathlib import Path
from typing import Any, Dict, NamedTuple, Optional

_WHOLE = re.compile(r"-?[0-9]+")
_CODE = re.compile(r"`([^`]+)`")


class Column(NamedTuple):
    """What a column holds: its unit (empty for text and counts), what its sign says, its meaning."""

    unit: str
    sign: str
    meaning: str


class Result:
    """The folder of a result.

    ``folder`` holds tables (CSV), maps (NPY), charts and the manifest; ``text`` is what the command
    printed. In a notebook it shows its report in a frame that can reach neither the notebook nor a network.
    """

    def __init__(self, folder: Any, text: str = "") -> None:
        self.folder = Path(folder).resolve()
        self.text = text

    @property
    def manifest(self) -> Dict[str, Any]:
        """The manifest: versions, seeds and the whole configuration."""
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    def _named(self, suffix: str) -> list[str]:
        return sorted(
            path.relative_to(self.folder).with_suffix("").as_posix() for path in self.folder.rglob("*" + suffix)
        )

    def tables(self) -> list[str]:
        """The names of all tables, such as ``vgg16-mini/padding/arms``."""
        return self._named(".csv")

    def maps(self) -> list[str]:
        """The names of all maps."""
        return self._named(".npy")

    def charts(self) -> list[Path]:
        """The files of all charts."""
        return sorted(self.folder.rglob("*.png"))

    def _file(self, name: str, suffix: str) -> Path:
        path = self.folder / (name + suffix)
        if not path.is_file():
            having = self._named(suffix)
            raise KeyError(f"{self.folder} has no {name + suffix}; it has {', '.join(having) or 'none'}")
        return path

    def columns(self, name: str) -> Dict[str, Column]:
        """What the columns of a table hold, in their order; empty for a table that is not described."""
        path = self._file(name, ".csv")
        with open(path, newline="", encoding="utf-8") as file:
            header = next(csv.reader(file), [])
        # a job inside of a report has a page of columns of its own, or is on that of the report
        for folder in [path.parent, *path.parent.parents]:
            page = folder / "COLUMNS.md"
            if page.is_file():
                described = _described(page.read_text(encoding="utf-8"), path.relative_to(folder).as_posix(), header)
                if described:
                    return {each: described[each] for each in header if each in described}
            if folder == self.folder:
                break
        return {}

    def table(self, name: str) -> Any:
        """A table: a data frame with pandas, otherwise a list of dicts.

        Numbers are numbers, whole numbers stay whole where cells are empty, and text is never taken for
        a missing value. ``attrs["units"]`` of a data frame has the units of its columns.
        """
        path = self._file(name, ".csv")
        try:
            import pandas
        except ImportError:
            return _rows_of(path)
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
        frame = pandas.DataFrame({each: _typed(frame[each]) for each in frame.columns})
        columns = self.columns(name)
        frame.attrs["units"] = {key: each.unit for key, each in columns.items() if each.unit}
        frame.attrs["meanings"] = {key: each.meaning for key, each in columns.items()}
        return frame

    def map(self, name: str) -> Any:
        """A map: an array with numpy, otherwise a list of rows."""
        path = self._file(name, ".npy")
        try:
            import numpy
        except ImportError:
            return _rows(path.read_bytes())
        return numpy.load(path, allow_pickle=False)

    def overlays(self) -> list[str]:
        """The names of all maps that are laid over their picture, such as ``images/cat/grad-cam``."""
        return [name[: -len("-overlay")] for name in self._named("-overlay.png")]

    def overlay(self, name: str) -> Any:
        """A map over its picture, red for the class: a Pillow image, or without Pillow the path of the PNG.

        ``name`` is that of :meth:`overlays`, or its end where no other has it, such as ``grad-cam``.
        """
        fitting = [each for each in self.overlays() if ("/" + each).endswith("/" + name)]
        if name in fitting:
            fitting = [name]
        if len(fitting) != 1:
            having = ", ".join(fitting or self.overlays()) or "none"
            raise KeyError(f"{self.folder} has {len(fitting) or 'no'} overlays called {name}; there are {having}")
        path = self.folder / (fitting[0] + "-overlay.png")
        try:
            from PIL import Image
        except ImportError:
            return path
        with Image.open(path) as image:
            return image.copy()

    @property
    def page(self) -> Optional[Path]:
        """The report as a file, or None."""
        path = self.folder / "index.html"
        return path if path.is_file() else None

    def __repr__(self) -> str:
        # of dry_run, or of method="list", what is printed is all there is
        return f"Result({str(self.folder)!r})" if self.folder.is_dir() else self.text

    def _repr_html_(self) -> str:
        if not self.folder.is_dir():
            return f"<pre>{html.escape(self.text)}</pre>"
        if self.page is None:
            pictures = "".join(
                f"<figure><img alt='{html.escape(chart.stem, quote=True)}' "
                f"src='data:image/png;base64,{_base64(chart)}'></figure>"
                for chart in self.charts()[:6]
            )
            return f"<p><code>{html.escape(str(self.folder))}</code></p>{pictures}"
        page = html.escape(_alone(self.page.read_text(encoding="utf-8")), quote=True)
        # without allow-same-origin, the page's scripts reach neither the notebook nor its cookies
        return (
            f"<iframe sandbox='allow-scripts' style='width:100%;height:42rem;border:1px solid #ccc' "
            f'srcdoc="{page}"></iframe>'
        )


def _alone(page: str) -> str:
    """The page, with a policy by which it can load nothing from anywhere."""
    policy = (
        "default-src 'none'; img-src data: blob:; font-src data:; "
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    # before all that the page says; without its doctype, a page in a frame like this is read as with it
    return meta + page


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")


def _described(page: str, place: str, header: list[str]) -> Dict[str, Column]:
    """The columns of a table on a page of columns: where it is named, or where all of its header is."""
    fitting: Dict[str, Column] = {}
    for section in page.split("\n## ")[1:]:
        lines = section.splitlines()
        columns = {}
        for line in lines:
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if line.startswith("| `") and len(cells) == 4:
                columns[cells[0].strip("`")] = Column(*cells[1:])
        named = {found for line in lines[1:3] if line.startswith("`") for found in _CODE.findall(line)}
        if place in named:
            return columns
        if not fitting and header and all(each in columns for each in header):
            fitting = columns
    return fitting


def _rows_of(path: Path) -> list[Dict[str, Any]]:
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if rows:
        for name in rows[0]:
            kind = _kind([row[name] for row in rows])
            for row in rows:
                row[name] = kind(row[name]) if row[name] else None
    return rows


def _kind(cells: Any) -> Any:
    """What all cells of a column are: int, float or str. Empty ones are anything."""
    given = [cell for cell in cells if cell]
    if all(_WHOLE.fullmatch(cell) for cell in given):
        return int
    try:
        for cell in given:
            float(cell)
    except ValueError:
        return str
    return float


def _typed(column: Any) -> Any:
    given = column[column != ""]
    kind = _kind(given) if len(given) else str
    if kind is str:
        return column.where(column != "", None)
    if kind is float:
        return column.where(column != "", "nan").astype("float64")
    try:
        return given.astype("int64") if len(given) == len(column) else given.astype("Int64").reindex(column.index)
    except (OverflowError, ValueError):
        return column  # numbers of more than 64 bits stay text


def _rows(data: bytes) -> list[Any]:
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
