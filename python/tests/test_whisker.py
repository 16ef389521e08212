"""Run by: PYTHONPATH=src python3 -m unittest discover tests

The tests of class Real start whisker itself, on the models of the checkout.
"""

import inspect
import struct
import tempfile
import time
import unittest
from pathlib import Path

import whisker
from whisker import _commands, _process
from whisker._result import Result, _rows

PHOTO = Path(__file__).resolve().parents[2] / "docs" / "cat.png"


class Words(unittest.TestCase):
    def words(self, command, **given):
        return _commands.words_of(command, given, _commands.COMMANDS[command])

    def test_options_flags_and_places(self):
        self.assertEqual(
            ["evolve", "--model=vgg16-mini", "--runs=2", "--quiet"],
            self.words("evolve", model="vgg16-mini", runs=2, quiet=True),
        )
        self.assertEqual(["explain", "a", "b"], self.words("explain", model=["a", "b"]))
        self.assertEqual(["evolve"], self.words("evolve", quiet=False, seed=None))

    def test_a_list_becomes_what_the_option_takes(self):
        self.assertEqual(["train", "--repeats=1", "--repeats=2"], self.words("train", repeats=[1, 2]))

    def test_what_is_wrong_is_named(self):
        with self.assertRaisesRegex(TypeError, "no option 'modle'"):
            self.words("evolve", modle="x")
        with self.assertRaisesRegex(TypeError, "--quiet is a flag"):
            self.words("evolve", quiet=3)
        with self.assertRaisesRegex(TypeError, "--runs takes a value"):
            self.words("evolve", runs=True)

    def test_every_command_is_a_function_with_its_options(self):
        for words, described in _commands.COMMANDS.items():
            call = getattr(whisker, words.replace(" ", "_").replace("-", "_"))
            if call in (whisker.score,):
                continue
            names = inspect.signature(call).parameters
            for option in described["options"]:
                self.assertIn(_commands.parameter_name(option), names, words)
            self.assertIn(described["help"], call.__doc__)


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


class Progress(unittest.TestCase):
    def test_its_lines_are_told_from_notes(self):
        self.assertTrue(_process._PROGRESS.match("evolving images 685/180000 (0 %), about 2 h left"))
        self.assertFalse(_process._PROGRESS.match("whisker: vgg16-mini: searching in bfloat16"))
        self.assertEqual("no such model", _process._reason(["x 1/2 (50 %)", "no such model"], ""))


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

    def test_scores(self):
        scores = whisker.score(PHOTO, model="vgg16-mini")
        once = scores[str(PHOTO)]
        with whisker.Session("vgg16-mini") as session:
            kept = session.score(PHOTO)
            # the session rounds the picture to 256 grays once it has the size of the model
            self.assertAlmostEqual(once.p_cat, kept.p_cat, delta=0.01)
            white = session.score_pixels([])
            self.assertTrue(0 < white.p_cat < 0.5)
            begun = time.perf_counter()
            session.score_pixels([(3, 0), (60, 1)])
            self.last = time.perf_counter() - begun  # told, not asserted: no test depends on speed
            with self.assertRaisesRegex(ValueError, "outside"):
                session.score_pixels([(-1, 0)])

    def test_a_failure_is_one_line(self):
        with self.assertRaises(whisker.WhiskerError) as raised:
            whisker.probe(model="no-such-model", progress=False)
        self.assertIn("no-such-model", str(raised.exception))
        self.assertNotIn("\n", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
