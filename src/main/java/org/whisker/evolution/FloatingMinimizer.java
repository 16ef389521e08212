package org.whisker.evolution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/**
 * Looks for a smaller cat than taking pixels away alone can find: adds many of the pixels that help
 * most at once, a few pixels apart so that each does about what it does by itself, and takes away
 * again. Where that leaves fewer it goes on from there, else it adds fewer at a time, until a
 * single one no longer pays. After the floating search of Pudil, Novovičová and Kittler,
 * <em>Floating search methods in feature selection</em> (1994). What it finds is 1-minimal, seldom
 * the smallest.
 */
public final class FloatingMinimizer {
  private static final int FIRST_SHARE = 2; // of the image's pixels, added in the first round
  private static final double FEWER = 0.6; // after a round without gain
  private static final int APART = 4;
  private static final int PROMISING_SHARE = 8; // of the region, looked at again

  private final LogitSource source;
  private final Minimizer minimizer;
  private final TargetClass wanted;
  private final long budget;

  /**
   * For images of a class.
   *
   * @param target p(wanted) that must still be reached, above 0 and below 1
   * @param budget images to score for it at most, besides taking away at the beginning and the end;
   *     0 for taking away alone
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
   * Minimizes an image; one that does not reach the target is given back as it is. When stopped,
   * what it has is not called minimal.
   *
   * @param region where pixels may be added
   * @param progress told of the pixels left, after each round
   * @param stopped asked before each round
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
    // by exact scores, what the quick ones found may miss the target by their rounding
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
        promising = new int[0]; // which pixels help has changed since
      }
    }

    private int share() {
      return Math.max(1, everywhere.length / PROMISING_SHARE);
    }

    /** Of these, those that would help if they were black, the most helpful first. */
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
