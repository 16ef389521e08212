"""Makes upsampling.json beside this file: torch.nn.functional.interpolate of small grids of any proportions. Needs PyTorch.

  make_upsampling.py OUT_DIR
"""
import json
import pathlib
import sys

import torch

# rows and columns of the grid, and of the picture
SIZES = [(6, 6, 96, 96), (7, 5, 40, 33), (1, 4, 9, 10), (3, 1, 7, 8), (2, 3, 5, 7), (8, 8, 8, 8), (14, 14, 25, 30)]


def main(out):
    generator = torch.Generator().manual_seed(1)
    cases = []
    for rows, columns, height, width in SIZES:
        grid = torch.randn(1, 1, rows, columns, generator=generator).double()
        case = {"rows": rows, "columns": columns, "height": height, "width": width, "grid": flat(grid)}
        for name, options in (
                ("nearest", {"mode": "nearest"}), ("bilinear", {"mode": "bilinear", "align_corners": False}),
                ("bilinear-aligned", {"mode": "bilinear", "align_corners": True})):
            found = flat(torch.nn.functional.interpolate(grid, (height, width), **options))
            case[name] = found if len(found) < 200 else found[::11]
        cases.append(case)
    pathlib.Path(out, "upsampling.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


def flat(tensor):
    return [float(f"{v:.8g}") for v in tensor.flatten().tolist()]


if __name__ == "__main__":
    main(sys.argv[1])
