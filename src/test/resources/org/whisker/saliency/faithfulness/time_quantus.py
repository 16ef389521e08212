"""Processor and wall time of Quantus 0.6 on vgg16-mini, for comparison with FaithfulnessTimes, which does the same.

  OMP_NUM_THREADS=1 PYTHONPATH=quantus:zennit:../../torch/embedded time_quantus.py MODELS PHOTO.png

Needs PyTorch, Pillow and what Quantus imports. Each measure is run twice; the second time is printed.
"""
import os
import sys
import time

import numpy as np
import quantus
import torch
from PIL import Image

import embedded_nets

COUNT, FILL, STEPS, SAMPLES, RADIUS, BLOCK = 8, 0.5, 16, 10, 0.02, 32


class TwoLogits(torch.nn.Module):
    """Its one logit l of not-cat as (0, l), as Quantus wants a class's."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        logit = self.inner(x)
        return torch.cat([torch.zeros_like(logit), logit], 1)


def main(models, photo):
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    model = TwoLogits(embedded_nets.opened(models, "vgg16-mini")[0].float()).eval()
    torch.set_default_dtype(torch.float32)
    picture = np.asarray(Image.open(photo), np.float32) / np.float32(255)
    x = np.stack([np.roll(picture, 16 * k, axis=1)[None] for k in range(COUNT)])

    def gradients(model, inputs, targets=None, **_):
        leaf = torch.tensor(np.asarray(inputs), dtype=torch.float32, requires_grad=True)
        return torch.autograd.grad(model(leaf)[:, 1].sum(), leaf)[0].numpy()

    maps = gradients(model, x)
    y = np.full(COUNT, 1)
    common = dict(model=model, x_batch=x, y_batch=y, channel_first=True, device="cpu", batch_size=COUNT, softmax=False)
    quiet = dict(abs=False, normalise=False, disable_warnings=True, display_progressbar=False)

    def flipping():
        for order in (np.abs(maps), np.abs(maps).max() - np.abs(maps)):
            quantus.PixelFlipping(features_in_step=x[0].size // STEPS, perturb_baseline=FILL, **quiet)(a_batch=order, **common)
        return 2 * STEPS * COUNT

    def infidelity():
        quantus.Infidelity(
            perturb_baseline=FILL, perturb_patch_sizes=[BLOCK], n_perturb_samples=SAMPLES, **quiet)(a_batch=maps, **common)
        return (picture.shape[0] // BLOCK) ** 2 * SAMPLES * COUNT

    def sensitivity():
        quantus.MaxSensitivity(nr_samples=SAMPLES, lower_bound=RADIUS, **quiet)(a_batch=maps, explain_func=gradients, **common)
        return SAMPLES * COUNT

    for name, measure in ("deletion and insertion", flipping), ("infidelity", infidelity), ("max-sensitivity", sensitivity):
        for again in range(2):
            wall, processor = time.perf_counter(), time.process_time()
            images = measure()
            if again:
                print("Quantus, %s: %d images, %.2f s of processor, %.2f s" % (
                    name, images, time.process_time() - processor, time.perf_counter() - wall), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
