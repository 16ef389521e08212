"""Averages the position embedding of the two vision transformers over patches, so that no patch knows its place.

    python3 reports/public/alike.py --onnx public-onnx

writes NETWORK-alike.onnx beside each and prints the line that imports it. The row of the class token stays. Needs numpy and onnx."""
import argparse
import csv
import pathlib

import onnx
from onnx import numpy_helper

import networks

EMBEDDING = "0.positions"


def alike(source, target):
    model = onnx.load(source)
    for constant in model.graph.initializer:
        if constant.name == EMBEDDING:
            rows = numpy_helper.to_array(constant).copy()
            rows[1:] = rows[1:].mean(0)
            constant.CopyFrom(numpy_helper.from_array(rows, EMBEDDING))
    onnx.save(model, target)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--onnx", type=pathlib.Path, default=pathlib.Path("public-onnx"))
    folder = asked.parse_args().onnx
    with open(networks.HERE / "networks.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["architecture"] == "vision transformer":
                target = folder / (row["network"] + "-alike.onnx")
                alike(folder / (row["network"] + ".onnx"), target)
                print(networks.import_line(row | {"network": row["network"] + "-alike"}, target))


if __name__ == "__main__":
    main()
