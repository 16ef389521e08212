"""Sparse-RS by its authors' code on a network that whisker exported.

Prints, for each run, the images that it needed until p(cat) passed 1/2, as
`whisker league --searches sparse-rs --target 0.5` writes images_to_half, and
the share of runs that got there, and their median.

Needs PyTorch, and a checkout of https://github.com/fra31/sparse-rs.

    whisker models export vgg16-mini --format torchscript --out vgg.pt
    whisker league --model vgg16-mini --searches sparse-rs --runs 200 \
        --max-evaluations 1000 --target 0.5 --precision float32 --out white
    python sparse_rs_parity.py sparse-rs vgg.pt 200 1 > theirs.csv

Changed pixels are black: the only colour that whisker has.
"""
import sys

import torch

PERCENT = 0.3
IMAGES = 1000
FIRST_SHARE = 0.3


def main(checkout, network, runs, seed, images=IMAGES, side=128):
    sys.path.insert(0, checkout)
    from rs_attacks import RSAttack

    class Black(RSAttack):
        def random_choice(self, shape):
            return -torch.ones(shape)

    model = torch.jit.load(network).eval()

    def predict(x):
        z = torch.cat([model(part) for part in x.split(16)])
        return torch.cat([torch.zeros_like(z), z], dim=1)

    pixels = round(PERCENT / 100 * side * side)
    attack = Black(predict, norm="L0", n_queries=images, eps=pixels, p_init=FIRST_SHARE, verbose=False)
    white = torch.ones(runs, 1, side, side)
    attack.init_hyperparam(white)
    torch.manual_seed(seed)
    used, best = attack.attack_single_run(white, torch.ones(runs, dtype=torch.long))
    with torch.no_grad():
        logits = predict(best)[:, 1]
    print("run,images,logit")
    for run in range(runs):
        print(f"{run + 1},{int(used[run])},{logits[run].item():.6f}", flush=True)
    found = sorted(int(i) for i, z in zip(used, logits) if z <= 0)
    print(f"# {len(found)} of {runs} runs, median {found[len(found) // 2] if found else None} images", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *map(int, sys.argv[4:]))
