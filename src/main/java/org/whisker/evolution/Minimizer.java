package org.whisker.evolution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;

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
   * @param logit the logit of not-cat
   * @param minimal whether no single pixel can be removed; false if the image missed the target
   *     from the start, or when stopped early
   * @param evaluations images scored
   */
  public record Result(BlackPixels image, float logit, boolean minimal, long evaluations) {}

  /**
   * Creates a minimizer for images of cats.
   *
   * @param target p(cat) that must still be reached, above 0 and below 1
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
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException("target must be above 0 and below 1, was " + target);
    }
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
}
