package org.whisker.evolution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/**
 * Floating search for a smaller image of the target class than {@link Minimizer} finds by removal
 * alone. It adds many of the most helpful pixels at once, some distance apart so that their effects
 * are nearly additive, and removes again. If fewer pixels remain it continues from there; otherwise
 * it adds fewer at a time, until adding a single one no longer helps. After Pudil, Novovičová and
 * Kittler, <em>Floating search methods in feature selection</em> (1994). The result is 1-minimal,
 * not in general the minimum.
 */
public final class FloatingMinimizer {
  private static final int FIRST_SHARE = 2; // of the image's pixels, added in the first round
  private static final double FEWER = 0.6; // factor after a round without gain
  private static final int APART = 4;
  private static final int PROMISING_SHARE = 8; // of the region's pixels, rescored in later rounds

  private final LogitSource source;
  private final Minimizer minimizer;
  private final TargetClass wanted;
  private final long budget;

  /**
   * Creates a minimizer for images of a class.
   *
   * @param target p(wanted) that must still be reached, above 0 and below 1
   * @param budget maximum number of evaluations, not counting the removals at the beginning and the
   *     end; 0 for removal alone
   */
  public FloatingMinimizer(LogitSource source, TargetClass wanted, double target, long budget) {
    if (budget < 0) {
      throw new IllegalArgumentException("budget must not be negative, was " + budget);
    }
    this.source = source;
    this.minimizer = new Minimizer(source, wanted, target);
    this.wanted = wanted;
    this.budget = budget;
  }

  /**
   * Minimizes an image; one that does not reach the target is returned unchanged. When stopped
   * early, the result is not marked as minimal.
   *
   * @param region where pixels may be added
   * @param progress receives the number of remaining pixels after each round
   * @param stopped polled before each round
   */
  public Minimizer.Result minimize(
      BlackPixels image, Region region, IntConsumer progress, BooleanSupplier stopped) {
    Minimizer.Result first = minimizer.minimize(image, progress, stopped);
    if (!first.minimal() || budget == 0) {
      return first;
    }
    Search search = new Search(first, region);
    while (search.more() && !stopped.getAsBoolean()) {
      search.round(stopped);
      progress.accept(search.best.count());
    }
    Minimizer.Result last = minimizer.minimize(search.best, progress, stopped);
    long evaluations = first.evaluations() + search.scored + last.evaluations();
    // by exact scores, the result may miss the target by the rounding of the fast ones
    boolean missed = !last.minimal() && !stopped.getAsBoolean();
    Minimizer.Result found = missed ? first : last;
    return new Minimizer.Result(found.image(), found.logit(), found.minimal(), evaluations);
  }

  private final class Search {
    private final int[] everywhere;
    private float logit;
    private int[] promising = new int[0];
    private BlackPixels best;
    private int added;
    private long scored;

    Search(Minimizer.Result from, Region region) {
      this.best = from.image();
      this.logit = from.logit();
      this.everywhere = IntStream.range(0, region.size()).map(region::get).toArray();
      this.added = Math.max(1, best.count() / FIRST_SHARE);
    }

    boolean more() {
      int next = promising.length == 0 ? everywhere.length : promising.length;
      return added >= 1 && best.count() > 0 && scored + next <= budget;
    }

    void round(BooleanSupplier stopped) {
      boolean full = promising.length == 0;
      int[] helpful = helpful(full ? everywhere : promising);
      if (full) {
        promising = Arrays.copyOf(helpful, Math.min(helpful.length, share()));
      }
      BlackPixels more = with(helpful);
      Minimizer.Result less = minimizer.quick().minimize(more, n -> {}, stopped);
      scored += less.evaluations();
      if (less.minimal() && less.image().count() < best.count()) {
        best = less.image();
        logit = less.logit();
      } else if (full) {
        added = (int) (added * FEWER);
        promising = new int[0];
      } else {
        promising = new int[0]; // outdated by the new image
      }
    }

    private int share() {
      return Math.max(1, everywhere.length / PROMISING_SHARE);
    }

    /**
     * The white ones of these pixels that would lower the loss if black, in decreasing order of
     * effect.
     */
    private int[] helpful(int[] pixels) {
      int[] white = Arrays.stream(pixels).filter(pixel -> !best.contains(pixel)).toArray();
      float[] logits = source.flipped(best, white);
      scored += white.length;
      double present = wanted.crossEntropy(logit);
      return IntStream.range(0, white.length)
          .filter(i -> wanted.crossEntropy(logits[i]) < present)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> wanted.crossEntropy(logits[i])))
          .mapToInt(i -> white[i])
          .toArray();
    }

    private BlackPixels with(int[] helpful) {
      Canvas canvas = best.canvas();
      boolean[] near = new boolean[canvas.pixels()];
      BlackPixels more = best;
      int left = added;
      for (int i = 0; i < helpful.length && left > 0; i++) {
        if (!near[helpful[i]]) {
          more = more.with(helpful[i]);
          left--;
          surround(near, canvas, helpful[i]);
        }
      }
      return more;
    }

    private static void surround(boolean[] near, Canvas canvas, int pixel) {
      int x = canvas.x(pixel);
      int y = canvas.y(pixel);
      for (int row = Math.max(0, y - APART + 1);
          row < Math.min(canvas.height(), y + APART);
          row++) {
        int from = canvas.index(Math.max(0, x - APART + 1), row);
        int to = canvas.index(Math.min(canvas.width() - 1, x + APART - 1), row);
        Arrays.fill(near, from, to + 1, true);
      }
    }
  }
}
