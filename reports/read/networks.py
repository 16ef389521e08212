"""Which networks of torchvision and timm whisker reads, as PyTorch's exporter of today writes them: networks.csv.

    pip install torch torchvision timm onnx onnxscript onnxruntime pillow
    python3 reports/read/networks.py OUT [NAME ...]

Weights are random, so nothing is fetched: what is initially 0 or 1 is moved away from it, and batch norms then measure their
statistics on noise. Each network is exported at opset 20 with a symbolic batch (OUT/NAME.onnx, kept), imported, and scores five
pictures by the command line. `difference` is the largest one from ONNX Runtime of the logit of not being class 0, over the range of
ONNX Runtime's logits; `sensitivity` is what ONNX Runtime's logits change by themselves where the picture is brighter by a
millionth. Networks that the exporter refuses have no row.
"""

import contextlib
import csv
import io
import logging
import os
import pathlib
import subprocess
import sys
import warnings

import numpy as np
import onnxruntime
import timm
import torch
import torchvision
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
WHISKER = os.environ.get("WHISKER", str(HERE.parent.parent / "whisker")).split()
# torchvision's, with sizes other than 224 behind a colon; and timm's
TORCHVISION = """alexnet alexnet:160 convnext_tiny maxvit_t swin_t swin_v2_t vit_b_16""".split()
TIMM = """caformer_s18 cait_xxs24_224 coat_tiny convformer_s18 convit_tiny convnextv2_atto crossvit_tiny_240 davit_tiny
deit_tiny_distilled_patch16_224 edgenext_xx_small efficientvit_b0 efficientvit_m0 eva02_tiny_patch14_224 focalnet_tiny_srf gcvit_xxtiny
levit_128s mobilevit_xxs mobilevitv2_050 mvitv2_tiny nextvit_small pit_ti_224 poolformer_s12 pvt_v2_b0 resnest14d skresnet18
swinv2_cr_tiny_ns_224 tiny_vit_5m_224 tnt_s_patch16_224 visformer_tiny vit_base_patch16_siglip_224 vit_tiny_patch16_224 volo_d1_224
xcit_nano_12_p16_224""".split()


def network(name):
    """The network in evaluation, and its side in pixels."""
    torch.manual_seed(1)
    plain, _, size = name.partition(":")
    if name in TORCHVISION:
        more = {"init_weights": True} if plain in ("googlenet", "inception_v3") else {}
        net, side = torchvision.models.get_model(plain, **more), int(size or 224)
    else:
        net = timm.create_model(plain)
        side = net.default_cfg["input_size"][-1]
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for p in net.parameters():
            if p.dim() < 2 or p.numel() < 2 or p.std() < 1e-3:
                p += torch.randn(p.shape, generator=generator) * 0.05
        norms = [m for m in net.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
        for norm in norms:
            norm.momentum = None
        if norms:
            net.train()(torch.rand(8, 3, side, side, generator=generator))
    return net.eval(), side


def export(net, side, file):
    batch = torch.export.Dim("batch", max=64)
    with contextlib.redirect_stdout(io.StringIO()):
        torch.onnx.export(net, (torch.rand(2, 3, side, side),), file, input_names=["image"], output_names=["logits"],
                          dynamo=True, opset_version=20, external_data=False, dynamic_shapes=({0: batch},))


def pictures(side, folder):
    """Noise of several scales, white and black, as PNG files and as the network takes them."""
    random = np.random.default_rng(side)
    blocks = [np.kron(random.integers(0, 256, (-(-side // n), -(-side // n), 3)), np.ones((n, n, 1)))[:side, :side]
              for n in (1, 8, 32)]
    all_of = [b.astype(np.uint8) for b in blocks] + [np.full((side, side, 3), v, np.uint8) for v in (255, 0)]
    files = []
    for i, pixels in enumerate(all_of):
        files.append(f"{folder}/{side}-{i}.png")
        Image.fromarray(pixels).save(files[-1])
    return files, [(p.transpose(2, 0, 1)[None] / 255).astype(np.float32) for p in all_of]


def not_first(logits):
    others = logits[1:].astype(np.float64)
    top = others.max()
    return top + np.log(np.exp(others - top).sum()) - logits[0]


def whisker(home, *arguments):
    done = subprocess.run([*WHISKER, *arguments], capture_output=True, text=True, env={**os.environ, "WHISKER_HOME": home})
    errors = [line for line in done.stderr.splitlines() if "note:" not in line]
    return done.returncode, done.stdout, " ".join(errors)


def row(name, out):
    file = f"{out}/{name.replace(':', '-')}.onnx"
    if not os.path.exists(file):
        net, side = network(name)
        export(net, side, file)
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 4, 1
    session = onnxruntime.InferenceSession(file, options)
    side = session.get_inputs()[0].shape[2]
    files, values = pictures(side, out)
    wanted = [session.run(None, {"image": x})[0].reshape(-1) for x in values]
    moved = [session.run(None, {"image": x * np.float32(1 + 1e-6)})[0].reshape(-1) for x in values]
    span = max(w.max() for w in wanted) - min(w.min() for w in wanted)
    found = dict(network=name, library="torchvision" if name in TORCHVISION else "timm", side=side, outputs=wanted[0].size,
                 sensitivity=f"{max(np.abs(a - b).max() for a, b in zip(wanted, moved)) / span:.1e}")
    home = f"{out}/home"
    os.makedirs(home, exist_ok=True)
    subprocess.run(["rm", "-rf", f"{home}/models/tried"], check=True)
    code, _, said = whisker(home, "models", "import", file, "--name", "tried", "--cat", "0")
    if code == 0:
        code, text, said = whisker(home, "score", "--model", "tried", *files)
    if code != 0:
        return {**found, "read": "no", "why": said.split(" can't be read: ")[-1][:160]}
    logits = [float(line["logit"]) for line in csv.DictReader(io.StringIO(text))]
    worst = max(abs(l - not_first(w)) for l, w in zip(logits, wanted)) / span
    return {**found, "read": "yes", "difference": f"{worst:.1e}"}


def main():
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    names = sys.argv[2:] or TORCHVISION + TIMM
    fields = ["network", "library", "side", "outputs", "read", "difference", "sensitivity", "why"]
    table = HERE / "networks.csv"
    rows = {r["network"]: r for r in csv.DictReader(open(table))} if table.exists() else {}
    for name in names:
        try:
            rows[name] = row(name, out)
            print(rows[name], flush=True)
        except Exception as error:  # the exporter's
            print(name, "has no file:", str(error).splitlines()[0][:120], flush=True)
            continue
        with open(table, "w", newline="") as to:
            writer = csv.DictWriter(to, fields, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[n] for n in sorted(rows))


main()
