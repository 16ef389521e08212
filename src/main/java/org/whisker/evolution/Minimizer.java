package org.whisker.evolution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.value.Checks;

/**
 * Backward elimination of black pixels until the image is 1-minimal: removing any single remaining
 * pixel would miss the target. Each round scores the image without each of its pixels and removes
 * those that matter least, up to a tenth of all at once; the largest number that still reaches the
 * target is found by bisection. The result is 1-minimal, not in general the minimum.
 */
public final class Minimizer {
  private static final int LARGEST_SHARE = 10; // at most 1/10 of the pixels are removed a round
  private final LogitSource source;
  private final Flips flips;
  private final TargetClass wanted;
  private final double target;

  /**
   * A minimized image.
   *
   * @param logit the logit against the target
   * @param minimal whether no single pixel can be removed; false if the image missed the target
   *     from the start, or when stopped early
   * @param evaluations images scored
   */
  public record Result(BlackPixels image, float logit, boolean minimal, long evaluations) {}

  /**
   * Creates a minimizer for images of cats.
   *
   * @param target p(target) that must still be reached, above 0 and below 1
   */
  public Minimizer(LogitSource source, double target) {
    this(source, TargetClass.CAT, target);
  }

  /**
   * Creates a minimizer for images of a class.
   *
   * @param target p(wanted) that must still be reached, above 0 and below 1
   */
  public Minimizer(LogitSource source, TargetClass wanted, double target) {
    this(source, full(source), wanted, target);
  }

  private Minimizer(LogitSource source, Flips flips, TargetClass wanted, double target) {
    Checks.require(target > 0 && target < 1, "target must be above 0 and below 1, was %s", target);
    this.source = source;
    this.flips = flips;
    this.wanted = wanted;
    this.target = target;
  }

  /**
   * A variant that scores removals by {@link LogitSource#flipped}: faster if the classifier
   * supports it, and 1-minimal up to rounding.
   */
  Minimizer quick() {
    return new Minimizer(source, source::flipped, wanted, target);
  }

  /** Logits of an image with each of these pixels flipped. */
  private interface Flips {
    float[] logits(BlackPixels image, int[] pixels);
  }

  private static Flips full(LogitSource source) {
    return (image, pixels) ->
        pixels.length == 0
            ? new float[0]
            : source.logits(Arrays.stream(pixels).mapToObj(image::flipped).toList());
  }

  /**
   * Minimizes an image; one that does not reach the target is returned unchanged.
   *
   * @param progress receives the number of remaining pixels after each round
   * @param stopped polled before each round
   */
  public Result minimize(BlackPixels image, IntConsumer progress, BooleanSupplier stopped) {
    BlackPixels present = image;
    float logit = source.logits(List.of(image))[0];
    long evaluations = 1;
    while (reaches(logit) && !stopped.getAsBoolean()) {
      Round round = new Round(present, logit);
      round.run();
      evaluations += round.evaluations;
      if (round.image.count() == present.count()) {
        return new Result(present, logit, true, evaluations);
      }
      present = round.image;
      logit = round.logit;
      progress.accept(present.count());
    }
    return new Result(present, logit, false, evaluations);
  }

  private boolean reaches(float logit) {
    return wanted.probability(logit) >= target;
  }

  /**
   * Scores every removal and finds the longest prefix, in order of increasing effect, that can be
   * removed.
   */
  private final class Round {
    private BlackPixels image;
    private float logit;
    private long evaluations;

    Round(BlackPixels image, float logit) {
      this.image = image;
      this.logit = logit;
    }

    void run() {
      List<Integer> spare = spare();
      BlackPixels from = image;
      int gone = 0; // this many can be removed
      int beyond = spare.size() + 1; // this many cannot
      for (int tried = spare.size(); gone + 1 < beyond; tried = (gone + beyond) / 2) {
        BlackPixels fewer = without(from, spare.subList(0, tried));
        float its = source.logits(List.of(fewer))[0];
        evaluations++;
        if (reaches(its)) {
          gone = tried;
          image = fewer;
          logit = its;
        } else {
          beyond = tried;
        }
      }
    }

    /** Pixels that can each be removed alone, in order of increasing effect. */
    private List<Integer> spare() {
      float[] logits = flips.logits(image, image.indices());
      evaluations += logits.length;
      BlackPixels whole = image;
      return IntStream.range(0, logits.length)
          .filter(i -> reaches(logits[i]))
          .boxed()
          .sorted(Comparator.comparingDouble(i -> wanted.crossEntropy(logits[i])))
          .map(whole::get)
          .limit(Math.max(1, whole.count() / LARGEST_SHARE))
          .toList();
    }

    private static BlackPixels without(BlackPixels from, List<Integer> pixels) {
      BlackPixels fewer = from;
      for (int pixel : pixels) {
        fewer = fewer.without(pixel);
      }
      return fewer;
    }
  }

  /**
   * Floating search for a smaller image of the target class than {@link Minimizer} finds by removal
   * alone. It adds many of the most helpful pixels at once, some distance apart so that their
   * effects are nearly additive, and removes again. If fewer pixels remain it continues from there;
   * otherwise it adds fewer at a time, until adding a single one no longer helps. After Pudil,
   * Novovičová and Kittler, <em>Floating search methods in feature selection</em> (1994). The
   * result is 1-minimal, not in general the minimum.
   */
  public static final class FloatingMinimizer {
    private static final int FIRST_SHARE = 2; // of the image's pixels, added in the first round
    private static final double FEWER = 0.6; // factor after a round without gain
    private static final int APART = 4;
    private static final int PROMISING_SHARE =
        8; // of the region's pixels, rescored in later rounds

    private final LogitSource source;
    private final Minimizer minimizer;
    private final TargetClass wanted;
    private final long budget;

    /**
     * Creates a minimizer for images of a class.
     *
     * @param target p(wanted) that must still be reached, above 0 and below 1
     * @param budget maximum number of evaluations, not counting the removals at the beginning and
     *     the end; 0 for removal alone
     */
    public FloatingMinimizer(LogitSource source, TargetClass wanted, double target, long budget) {
      Checks.refuse(budget < 0, "budget must not be negative, was %s", budget);
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
}
