package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.Raster;

/**
 * The effect of a block of k × k pixels at every position of a picture when it is made black (added
 * to an image of black pixels) or white (removed from it): the logit with the change minus the
 * logit without. The logit is that of not-cat, so <b>below 0 is towards cat</b>.
 *
 * <p>A position is that of the block's top left pixel, and the block lies entirely within the
 * picture. So the positions form a canvas of their own, of (width − k + 1) × (height − k + 1), on
 * which the distance to the border is that of the whole block: edge ranks and rings of positions
 * follow from it for any k.
 *
 * <p>Measuring can be interrupted: values are filled into an array in which NaN means not yet
 * measured.
 */
public final class BlockProbe {
  /** The colour that a block is changed to. */
  public enum Fill {
    /** Black pixels are added to the picture. */
    BLACK(0),
    /** Black pixels are removed from the picture. */
    WHITE(1);

    private final float gray;

    Fill(float gray) {
      this.gray = gray;
    }

    /** 0 black to 1 white. */
    public float gray() {
      return gray;
    }
  }

  private final Raster base;
  private final float[] values;
  private final Canvas canvas;
  private final int block;
  private final Fill fill;
  private final Canvas places;
  private final GrayImage content;

  /**
   * A probe of this picture; nothing is scored yet.
   *
   * @param block the block's side in pixels, at least 1, at most the picture's shorter side
   */
  public BlockProbe(Raster base, int block, Fill fill) {
    this.canvas = base.canvas();
    int most = Math.min(canvas.width(), canvas.height());
    if (block < 1 || block > most) {
      throw new IllegalArgumentException(
          "a block on a " + canvas + " picture is 1 to " + most + " pixels wide, was " + block);
    }
    this.base = base;
    this.values = base.values();
    this.block = block;
    this.fill = fill;
    this.places = new Canvas(canvas.width() - block + 1, canvas.height() - block + 1);
    this.content = GrayImage.filled(Canvas.square(block), fill.gray());
  }

  public Raster base() {
    return base;
  }

  public int block() {
    return block;
  }

  public Fill fill() {
    return fill;
  }

  /** The positions as a canvas. */
  public Canvas places() {
    return places;
  }

  /** Whether a block at this position changes the picture at all. */
  public boolean changes(int place) {
    return sum(place, (pixel, step) -> step == 0 ? 0 : 1) > 0;
  }

  /** The block as a patch. */
  public Patch patch(int place) {
    return new Patch(places.x(place), places.y(place), content);
  }

  /**
   * The first-order effect at each position: the gradient times the change of every pixel in the
   * block.
   *
   * @param gradient the gradient of the logit with respect to the values of this picture, plane
   *     after plane, row-major
   * @return Δlogit of not-cat by position
   */
  public double[] predicted(float[] gradient) {
    if (gradient.length != values.length) {
      throw new IllegalArgumentException(
          "a gradient of " + gradient.length + " values for a " + canvas + " picture");
    }
    double[] predicted = new double[places.pixels()];
    for (int place = 0; place < predicted.length; place++) {
      predicted[place] = sum(place, (pixel, step) -> (double) gradient[pixel] * step);
    }
    return predicted;
  }

  private interface PixelTerm {
    double of(int value, float step);
  }

  /** The sum over the block's values of a term that depends on the change of the value. */
  private double sum(int place, PixelTerm term) {
    double sum = 0;
    for (int dy = 0; dy < block; dy++) {
      for (int dx = 0; dx < block; dx++) {
        int pixel = canvas.index(places.x(place) + dx, places.y(place) + dy);
        for (int at = pixel; at < values.length; at += canvas.pixels()) {
          sum += term.of(at, fill.gray() - values[at]);
        }
      }
    }
    return sum;
  }

  /** Δlogit by position before anything is scored: NaN, and 0 where a block changes nothing. */
  public double[] unmeasured() {
    double[] delta = new double[places.pixels()];
    for (int place = 0; place < delta.length; place++) {
      delta[place] = changes(place) ? Double.NaN : 0;
    }
    return delta;
  }

  /**
   * Scores every position whose value is NaN and fills it in.
   *
   * @param delta as returned by {@link #unmeasured()}, or partly filled
   * @param batchSize positions scored per call, at least 1
   * @param progress receives after each batch the number of positions that have a value
   * @param stopped polled before each batch
   * @return whether all are measured
   */
  public boolean measure(
      PatchScorer scorer,
      double[] delta,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    if (batchSize < 1 || delta.length != places.pixels()) {
      throw new IllegalArgumentException(
          "batch size " + batchSize + ", " + delta.length + " values for places " + places);
    }
    List<Integer> open = new ArrayList<>();
    for (int place = 0; place < delta.length; place++) {
      if (Double.isNaN(delta[place])) {
        open.add(place);
      }
    }
    for (int from = 0; from < open.size(); from += batchSize) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      int to = (int) Math.min(open.size(), (long) from + batchSize);
      score(scorer, delta, open.subList(from, to));
      progress.accept(delta.length - (open.size() - to));
    }
    return true;
  }

  private void score(PatchScorer scorer, double[] delta, List<Integer> some) {
    float[] logits = scorer.logits(some.stream().map(this::patch).toList());
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the logit with a block at (%d, %d) is %s",
                places.x(some.get(i)),
                places.y(some.get(i)),
                logits[i]));
      }
      delta[some.get(i)] = (double) logits[i] - scorer.baseLogit();
    }
  }
}
