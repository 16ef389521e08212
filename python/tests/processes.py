"""Pythons that are killed, forked, spawned and full of threads while they use whisker: a part of the campaign.

python3 python/tests/processes.py [N]   # N kills of each call, at random times within 2 s of its start
"""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SOURCES))

import whisker

CALLS = {
    "Session": "whisker.Session('vgg16-mini')",
    "score": "whisker.score(r'{photo}', model='vgg16-mini'); time.sleep(9)",
    "evolve": "whisker.evolve(model='vgg16-mini', runs=2, generations=100000)",
}
PHOTO = SOURCES.parents[1] / "docs" / "cat.png"
MARK = "WHISKER_CAMPAIGN"


def marked(mark):
    """The processes that have it in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}\0".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            pass  # it has ended, or is another's
    return found


def left_after_kill(name, after):
    """How many processes of whisker are there 20 s after Python was killed."""
    mark = f"{name}-{after:.3f}-{os.getpid()}"
    code = "import time, whisker\n" + CALLS[name].format(photo=PHOTO)
    environment = {**os.environ, MARK: mark, "PYTHONPATH": str(SOURCES)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    python = subprocess.Popen([sys.executable, "-c", code], env=environment, **quiet)
    while python.poll() is None and len(marked(mark)) < 2:
        time.sleep(0.002)
    time.sleep(after)
    python.kill()
    python.wait()
    end = time.monotonic() + 20
    while marked(mark) and time.monotonic() < end:
        time.sleep(0.1)
    left = marked(mark)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return len(left)


def wrong(ask, expected, wrongs):
    wrongs.put(sum(ask([(i, 0)]) != expected[i] for _ in range(20) for i in range(len(expected))))


def spawned(expected, wrongs):
    with whisker.Session("vgg16-mini") as session:
        wrong(session.score_pixels, expected, wrongs)


def crossed():
    """How many answers were another question's: of forked processes, threads and spawned ones, all at once."""
    fork, spawn = multiprocessing.get_context("fork"), multiprocessing.get_context("spawn")
    with whisker.Session("vgg16-mini") as session:
        expected = [session.score_pixels([(i, 0)]) for i in range(16)]
        forked, others = fork.Queue(), spawn.Queue()
        asks = [threading.Thread(target=wrong, args=(session.score_pixels, expected, forked)) for _ in range(3)]
        for each in asks:
            each.start()
        asks += [fork.Process(target=wrong, args=(session.score_pixels, expected, forked)) for _ in range(3)]
        asks.append(spawn.Process(target=spawned, args=(expected, others)))
        for each in asks[3:]:
            each.start()
        found = [forked.get(timeout=300) for _ in range(6)] + [others.get(timeout=300)]
        for each in asks:
            each.join()
    return len(asks) * 20 * 16, sum(found)


def main(kills):
    drawn = random.Random(1)
    problems = 0
    for name in CALLS:
        left = sum(left_after_kill(name, drawn.uniform(0, 2) ** 2 / 2) for _ in range(kills))
        print(f"{name}: {kills} Pythons killed, {left} processes left", flush=True)
        problems += left
    answers, others = crossed()
    print(f"{answers} answers in 3 threads, 3 forked processes and a spawned one, {others} of another question")
    return problems + others


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20) > 0)
