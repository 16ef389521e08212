package org.whisker.page.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.value.Checks;

/**
 * The best images of a run in the order in which they appeared.
 *
 * @param name the name of the run
 * @param frames at least one, all on one canvas, with ascending generations
 */
public record Replay(String name, Tones tones, List<Frame> frames) {
  /**
   * The best image from a generation on.
   *
   * @param evaluations images scored until then, where that is known
   * @param edgeIndex E of it; empty when it is white
   */
  public record Frame(
      int generation,
      OptionalLong evaluations,
      double catProbability,
      OptionalDouble edgeIndex,
      BlackPixels image) {}

  public Replay {
    frames = List.copyOf(frames);
    Checks.refuse(frames.isEmpty(), "no image of %s", name);
  }

  /** The canvas of the images. */
  public Canvas canvas() {
    return frames.get(0).image().canvas();
  }

  /** The last image. */
  public Frame last() {
    return frames.get(frames.size() - 1);
  }

  /**
   * Returns this replay with at most {@code most} of its frames, evenly spaced, the first and last
   * included.
   */
  public Replay thinned(int most) {
    if (frames.size() <= most || most < 2) {
      return this;
    }
    List<Frame> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(frames.get((int) Math.round(i * (frames.size() - 1.0) / (most - 1))));
    }
    return new Replay(name, tones, some);
  }

  /**
   * Runs to scrub through in one place of a page.
   *
   * @param caption plain text
   * @param csv the history of the first run, relative to the page
   * @param runs at least one, on canvases of one size; the first is shown at first
   */
  public record Replays(String caption, String csv, List<Replay> runs) {
    public Replays {
      runs = List.copyOf(runs);
      Checks.refuse(runs.isEmpty(), "no run to replay: %s", caption);
    }
  }
}
