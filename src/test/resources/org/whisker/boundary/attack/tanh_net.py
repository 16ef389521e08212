"""The network and pictures of make_attacks.py and make_quantus.py: a hidden layer of tanh on formula weights. Its one logit l of
not-cat is given as the two logits (0, l), so that a crossentropy is the sigmoid's and a difference of logits is l."""
import torch

SIDE, HIDDEN, PICTURES = 8, 12, 40
PIXELS = SIDE * SIDE


def unit(i):
    """The same digits in every language: a whole number's remainder, -1 to 1."""
    return (i * 7919 % 1009).double() / 504 - 1


class Net(torch.nn.Module):
    def __init__(self, dtype=torch.float64):
        super().__init__()
        index = torch.arange(HIDDEN * PIXELS, dtype=torch.int64)
        self.inner = (unit(index + 1) * 0.4).reshape(HIDDEN, PIXELS).to(dtype)
        self.outer = (unit(torch.arange(HIDDEN, dtype=torch.int64) * 31 + 5) * 2).to(dtype)

    def forward(self, x):
        logit = torch.tanh((x.flatten(1) - 0.5) @ self.inner.T) @ self.outer + 0.1
        return torch.stack([torch.zeros_like(logit), logit], dim=1)


def pictures():
    index = torch.arange(PICTURES * PIXELS, dtype=torch.int64)
    gray = ((index * index * 31 + index * 17) % 251).double() / 250
    two_toned = (gray > 0.5).double()
    gray = gray.reshape(PICTURES, 1, SIDE, SIDE)
    two_toned = two_toned.reshape(PICTURES, 1, SIDE, SIDE)
    # every other one of two tones, as evolved images are
    pick = (torch.arange(PICTURES) % 2 == 0).reshape(-1, 1, 1, 1)
    return torch.where(pick, two_toned, gray).float().double()  # grays as float32 has them
