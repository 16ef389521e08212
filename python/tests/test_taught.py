"""Run by: PYTHONPATH=src python3 -m unittest discover tests"""

import csv
import importlib.util
import json
import pathlib
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).parents[2] / "reports" / "taught" / "networks.py"


def script():
    spec = importlib.util.spec_from_file_location("networks", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(path, header, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


EFFECT = "comparison,against,measure,control_mean,treated_mean,difference,ci_low,ci_high,seeds"
ARMS = ("arm,variant,run,seed,ending,success,evaluations_to_target,p_target,black_pixels,edge_index,edge_index_at_target,"
        "edge_index_at_half,evaluations,generations")
BARRIER = "base,height_pixels,barrier,barrier_ci_low,barrier_ci_high,first_centre,first_edge"


def network(folder, name, side=12, helping=()):
    """A network on a canvas of this side; single pixels cost a logit but where they help."""
    own = folder / f"ablated-{name}" / name
    table(own / "geometry" / "effect.csv", EFFECT,
          "evolved,rolled,edge_index,0.5,0.31234567,-0.2,-0.3,-0.1,6",
          "evolved,rolled,edge_index_at_half,0.5,0.25,-0.25,-0.4,-0.1,5")
    table(own / "geometry" / "arms.csv", ARMS,
          "evolved,as-stored,1,1,target,1,200,0.97,10,0.3,0.25,0.2,200,100",
          "evolved,as-stored,2,2,evaluations,0,,0.6,20,0.2,,0.1,5000,900",
          "rolled,as-stored,1,1,target,1,90,0.99,9,0.5,0.5,0.5,90,50")
    table(own / "barrier" / "barrier.csv", BARRIER,
          "white,40,2.5,2.25,2.75,0.9,0.01", "evolved images at p 0.5,40,3.125,3,4,1,0")
    table(own / "place-parts" / "part_shares.csv", "part,share,equal_gain_share",
          "padding,0.8,0.9", "head,0.2,", "neither,0,0.1")
    places = [f"{x},{y},{-0.5 if (x, y) in helping else 1}" for y in range(side) for x in range(side)]
    probed = folder / f"probed-{name}"
    table(probed / "probe.csv", "x,y,delta_logit", *places)
    table(probed / "summary.csv", "mode,block,baseline_logit", "add,1,2")
    card = folder / "models" / name / "model.json"
    card.parent.mkdir(parents=True)
    card.write_text(json.dumps({"figures": {"accuracy": 0.83125, "whiteCatProbability": 0.10788}}), encoding="utf-8")


class Networks(unittest.TestCase):
    def made(self, *names, helping=()):
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            for name in names:
                network(folder, name, helping=helping)
            script().main(["--from", temporary, "--models", str(folder / "models"), "--out", temporary, "vgg16=taught"])
            return [script().rows(folder / file) for file in ("networks.csv", "runs.csv")]

    def test_a_row_for_each_network_in_the_order_of_numbers(self):
        networks, runs = self.made("taught-10", "taught-2")
        self.assertEqual(["2", "10"], [row["network"] for row in networks])
        self.assertEqual(6, len(runs))
        self.assertEqual(("vgg16", "2", "evolved", "200"),
                         tuple(runs[0][name] for name in ("architecture", "network", "arm", "evaluations_to_target")))

    def test_columns_come_from_the_tables(self):
        row = self.made("taught-1")[0][0]
        expected = {"test_accuracy": "0.8313", "p_target_of_white": "0.1079", "e_end": "0.3123", "delta_e_half": "-0.25",
                    "pairs_half": "5", "e_target": "", "success": "0.5", "evaluations_to_target": "2600",
                    "barrier": "2.5", "barrier_half": "3.125", "barrier_end": "", "share_padding_equal_gain": "0.9",
                    "share_head_equal_gain": ""}
        self.assertEqual(expected, {name: row[name] for name in expected})

    def test_single_pixels_that_help_are_counted_by_place(self):
        row = self.made("taught-1", helping=[(0, 0), (11, 5), (3, 3), (8, 8), (2, 5)])[0][0]
        self.assertEqual(("36", "2", "-0.5"), tuple(row[f"{what}_middle_half"] for what in ("places", "helping", "best")))
        self.assertEqual(("44", "2"), tuple(row[f"{what}_outermost_fifth"] for what in ("places", "helping")))

    def test_the_columns_are_those_of_the_committed_tables(self):
        networks, runs = self.made("taught-1")
        for rows, name in ((networks, "networks.csv"), (runs, "runs.csv")):
            with open(SCRIPT.parent / name, newline="") as file:
                self.assertEqual(next(csv.reader(file)), list(rows[0]))

    def test_zones_are_those_of_the_committed_networks(self):
        zone = script().zone
        for side, places in ((64, 732), (96, 1820)):
            outer = sum(zone(x, y, side, side) == 0 for x in range(side) for y in range(side))
            self.assertEqual(places, outer)


if __name__ == "__main__":
    unittest.main()
