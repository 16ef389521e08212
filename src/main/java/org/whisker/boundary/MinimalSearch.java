package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.GreedyStep.FlipLogits;
import org.whisker.boundary.GreedyStep.GreedyFlips;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Minimizer;
import org.whisker.evolution.Minimizer.FloatingMinimizer;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.PlanarImage;
import org.whisker.image.Region;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * Looks for a small set of black pixels that reaches a given p(target), from a given start. A start
 * that does not reach it is changed pixel by pixel until it does (see {@link GreedyFlips}); then
 * pixels are removed and added by a floating search ({@link FloatingMinimizer}). The result is
 * 1-minimal; its size is an upper bound of the minimum.
 *
 * @param maxFlips number of changes to the start at which the search gives up, at least 1
 * @param candidates largest number of flips scored per step of that, at least 1
 * @param evaluations largest number of sets scored in the floating search, besides the removals at
 *     its beginning and end; 0 only removes
 * @param batch pictures per call, at least 1
 */
public record MinimalSearch(int maxFlips, int candidates, long evaluations, int batch) {
  public MinimalSearch {
    GreedyStep.checkLimits(maxFlips, candidates, evaluations, batch);
  }

  /**
   * A random start: this share of the pixels is black, all sets of that size being equally likely.
   *
   * @param density above 0 and below 1
   */
  public static BlackPixels dense(Canvas canvas, double density, long seed, int draw) {
    Checks.require(density > 0 && density < 1, "a density is above 0 and below 1, was %s", density);
    int count = (int) Math.max(1, Math.round(density * canvas.pixels()));
    int[] order =
        PixelOrders.shuffled(canvas.pixels(), SplitMix64.stream(seed, "dense start", draw));
    return BlackPixels.of(canvas, Arrays.copyOf(order, count));
  }

  /**
   * Searches from one start; empty when stopped before the end.
   *
   * @param target the p(target) to reach, above 0 and below 1
   * @param tones the colours that the set is painted in
   * @param progress receives the number of remaining pixels from time to time
   * @param stopped polled from time to time
   * @throws IllegalArgumentException if a logit is not finite
   */
  public Optional<Outcome> from(
      Classifier classifier,
      BlackPixels start,
      Tones tones,
      double target,
      IntConsumer progress,
      BooleanSupplier stopped) {
    LogitSource source = LogitSource.of(classifier, batch, tones);
    PlanarImage picture = PlanarImage.from(tones.painted(start));
    float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
    GreedyFlips.Trail grown = grown(classifier, start, tones, picture, logit, target, stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    long scored = 1 + grown.scored();
    if (!grown.reached()) {
      return Optional.of(
          new Outcome(
              start.count(), logit, target, grown.flips().size(), scored, Optional.empty()));
    }
    BlackPixels reaching = FlipLogits.flipped(start, grown.pixels(start.canvas()));
    progress.accept(reaching.count());
    Minimizer.Result least =
        new FloatingMinimizer(source, TargetClass.CAT, target, evaluations)
            .minimize(reaching, Region.everywhere(start.canvas()), progress, stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    Removals proof = Removals.of(source, least.image(), TargetClass.CAT, target);
    scored += least.evaluations() + 1 + least.image().count();
    return Optional.of(
        new Outcome(
            start.count(), logit, target, grown.flips().size(), scored, Optional.of(proof)));
  }

  private GreedyFlips.Trail grown(
      Classifier classifier,
      BlackPixels start,
      Tones tones,
      PlanarImage picture,
      float logit,
      double target,
      BooleanSupplier stopped) {
    if (Classifier.catProbability(logit) >= target) {
      return new GreedyFlips.Trail(List.of(), true, 0);
    }
    return new GreedyFlips(maxFlips, candidates, batch)
        .from(
            classifier,
            picture,
            GreedyFlips.swaps(start, tones),
            -1,
            now -> Classifier.catProbability(now) >= target,
            stopped);
  }

  /**
   * The result of a search from one start.
   *
   * @param startPixels black pixels of the start
   * @param startLogit its logit against the target
   * @param target the p(target) to reach
   * @param flips pixels changed one by one until the start reached it, or until the search gave up
   * @param evaluations number of pictures scored, including the proof's
   * @param found the set, and the logits without each of its pixels; empty if the search gave up
   */
  public record Outcome(
      int startPixels,
      float startLogit,
      double target,
      int flips,
      long evaluations,
      Optional<Removals> found) {
    double startProbability() {
      return Classifier.catProbability(startLogit);
    }

    /**
     * A row of {@code minimal.csv}: the result of a search from one start. Columns that describe
     * the set are empty when the search gave up. Logits are of not-cat.
     */
    public record OfStart(
        @Column(meaning = "name of the image that the search started from") String start,
        @Column(unit = "probability", meaning = "the p(target) to reach") double target,
        @Column(unit = "px", meaning = "number of black pixels of the starting image")
            int startPixels,
        @Column(unit = "probability") double startPTarget,
        @Column(
                unit = "px",
                meaning = "number of pixels changed until the starting image reached the target")
            int flipsToTarget,
        @Column(unit = "px", meaning = "number of black pixels of the set") OptionalInt pixels,
        @Column(unit = "logit") @Nullable Float logit,
        @Column(unit = "probability") OptionalDouble pTarget,
        @Column(
                meaning =
                    "mean edge rank of the set, 0 (border) to 1 (centre); also empty for "
                        + "the empty set")
            OptionalDouble edgeIndex,
        @Column(meaning = "number of images scored") long evaluations,
        @Column(
                meaning =
                    "whether no single pixel can be omitted, verified by full forward " + "passes")
            Removals.OneMinimal oneMinimal,
        @Column(
                unit = "probability",
                meaning =
                    "maximum of p(target) when any single pixel is omitted; also empty for "
                        + "the empty set")
            OptionalDouble largestPTargetWithoutOne,
        @Column(
                meaning =
                    "path of its file, relative to the folder and without extension; "
                        + "empty when there is none")
            String set) {
      public static final String FILE = "minimal.csv";

      public static final Table<OfStart> TABLE = Table.of(OfStart.class, FILE);

      public static OfStart of(String start, String file, Outcome found) {
        Optional<Removals> set = found.found();
        return new OfStart(
            start,
            found.target(),
            found.startPixels(),
            found.startProbability(),
            found.flips(),
            set.isPresent() ? OptionalInt.of(set.get().pixels().count()) : OptionalInt.empty(),
            set.isPresent() ? set.get().logit() : null,
            set.isPresent()
                ? OptionalDouble.of(set.get().wanted().probability(set.get().logit()))
                : OptionalDouble.empty(),
            set.isPresent() ? edgeIndex(set.get()) : OptionalDouble.empty(),
            found.evaluations(),
            set.map(Removals.OneMinimal::of).orElse(Removals.OneMinimal.UNTESTED),
            set.isPresent() ? set.get().largest() : OptionalDouble.empty(),
            set.isPresent() ? file : "");
      }

      private static OptionalDouble edgeIndex(Removals set) {
        return new EdgeRank(set.pixels().canvas()).edgeIndex(set.pixels());
      }

      /** Whether the search reached its target. */
      public boolean reached() {
        return pixels.isPresent();
      }

      /**
       * Groups the rows that reached their target by this target, the smallest set first; a target
       * that no row reached has an empty list.
       */
      public static Map<Double, List<OfStart>> smallestFirst(List<OfStart> rows) {
        Map<Double, List<OfStart>> byTarget = new TreeMap<>();
        for (OfStart row : rows) {
          List<OfStart> sets = byTarget.computeIfAbsent(row.target, t -> new ArrayList<>());
          if (row.reached()) {
            sets.add(row);
          }
        }
        byTarget
            .values()
            .forEach(all -> all.sort(Comparator.comparingInt(row -> row.pixels.orElseThrow())));
        return byTarget;
      }
    }
  }
}
