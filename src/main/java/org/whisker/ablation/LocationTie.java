package org.whisker.ablation;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Summary;
import org.whisker.stats.Verdict;

/**
 * Whether evolved patterns work only where they are: the share of an image's evidence for a cat
 * that is lost when it is rolled elsewhere, the mean over all rolls. A roll keeps the number of
 * pixels and, but for the seam, all their relations.
 *
 * @param lost the mean share over images; 0 is nothing, 1 all that it gained over the empty canvas
 * @param p two-sided, that nothing is lost, by sign flips over images
 * @param equivalence that less than the margin is lost or gained
 * @param verdict supported: evidence is lost; refuted: within the margin, none is
 * @param images with a gain over the empty canvas, which alone can lose any
 * @param dropped images without
 * @param imagesNeeded to decide, where undecided
 */
public record LocationTie(
    Estimate lost,
    double p,
    Equivalence equivalence,
    Verdict verdict,
    int images,
    int dropped,
    OptionalLong imagesNeeded) {
  /** A smaller share does not matter; fixed beforehand. */
  public static final double MARGIN = 0.05;

  private static final int DRAWS = 9_999;
  private static final double ALPHA = 0.05;
  private static final int FEWEST = 2;

  /** Empty with fewer than two images that gained anything. */
  public static Optional<LocationTie> of(MovedPatterns patterns, RandomGenerator random) {
    int[] gained =
        IntStream.range(0, patterns.images()).filter(i -> patterns.gain(i) > 0).toArray();
    if (gained.length < FEWEST) {
      return Optional.empty();
    }
    int[] rolls =
        IntStream.range(0, patterns.moves().size())
            .filter(m -> patterns.moves().get(m) instanceof PatternMove.Roll)
            .toArray();
    double[] lost =
        IntStream.of(gained)
            .mapToDouble(
                i ->
                    IntStream.of(rolls)
                            .mapToDouble(m -> patterns.delta(i, m))
                            .average()
                            .orElseThrow()
                        / patterns.gain(i))
            .toArray();
    return Optional.of(of(lost, patterns.images() - gained.length, random));
  }

  private static LocationTie of(double[] lost, int dropped, RandomGenerator random) {
    Summary summary = Summary.of(lost);
    double p = SignFlipTest.of(lost, 0, Alternative.TWO_SIDED, DRAWS, random).p();
    Equivalence equivalence = Equivalence.oneSample(lost, 0, MARGIN);
    Verdict verdict = Verdict.of(p, equivalence.p(), ALPHA);
    return new LocationTie(
        new Estimate(summary.mean(), Bootstrap.standard().mean(lost, random)),
        p,
        equivalence,
        verdict,
        lost.length,
        dropped,
        verdict == Verdict.UNDECIDED
            ? OptionalLong.of(
                RunsNeeded.standard().forEffect(summary.sd().orElseThrow(), summary.mean()))
            : OptionalLong.empty());
  }
}
