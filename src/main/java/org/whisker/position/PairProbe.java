package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.position.BlockMap.BlockProbe;
import org.whisker.position.PairProbe.PixelPair.Group;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Estimate;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Checks;

/**
 * Draws pairs of positions and measures whether their effects are additive.
 *
 * <p>Near pairs interact more than far ones, and two positions in the outer third are on average
 * further apart than two in the inner third. So edge pairs and centre pairs are matched: the i-th
 * pairs of both have the same offset between their blocks, up to reflection and rotation. Mixed
 * pairs can't be matched (no positions of the two thirds are close to each other) and are drawn
 * independently.
 */
public final class PairProbe {
  private static final int TRIES = 200;
  private static final double OUTER = 1 / 3.0;
  private static final double INNER = 2 / 3.0;

  private final BlockProbe probe;
  private final Canvas canvas;
  private final boolean[] outer;
  private final boolean[] inner;
  private final int[] outerPlaces;
  private final int[] innerPlaces;
  private final List<Places> drawn;

  /** Two positions to be scored. */
  private record Places(Group group, int a, int b) {}

  /**
   * Draws {@code n} pairs of each group, of positions at which a block changes something.
   *
   * @throws IllegalArgumentException if the picture has too few positions to draw such pairs from
   */
  public PairProbe(BlockProbe probe, int n, RandomGenerator random) {
    this.probe = probe;
    this.canvas = probe.places();
    EdgeRank rank = new EdgeRank(canvas);
    outer = new boolean[canvas.pixels()];
    inner = new boolean[canvas.pixels()];
    for (int place = 0; place < outer.length; place++) {
      outer[place] = rank.of(place) < OUTER && probe.changes(place);
      inner[place] = rank.of(place) > INNER && probe.changes(place);
    }
    outerPlaces = IntStream.range(0, outer.length).filter(i -> outer[i]).toArray();
    innerPlaces = IntStream.range(0, inner.length).filter(i -> inner[i]).toArray();
    drawn = draw(n, random);
  }

  /**
   * Measures them: all edge pairs, then all centre pairs, then all mixed ones.
   *
   * @param map the same probe's measurements of single blocks
   * @param batchSize pictures scored per call, at least 1
   * @param progress receives after each batch the number of finished pairs, of 3 n
   * @param stopped polled before each batch
   * @return empty when stopped
   */
  public Optional<List<PixelPair>> measure(
      Classifier classifier,
      BlockMap map,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    if (batchSize < 1 || !map.canvas().equals(canvas)) {
      throw new IllegalArgumentException("batch size " + batchSize + ", places " + map.canvas());
    }
    List<PixelPair> pairs = new ArrayList<>();
    for (int from = 0; from < drawn.size(); from += batchSize) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      List<Places> some = drawn.subList(from, Math.min(drawn.size(), from + batchSize));
      float[] logits = classifier.logits(some.stream().map(this::picture).toList());
      for (int i = 0; i < logits.length; i++) {
        Places p = some.get(i);
        double both = logits[i] - map.baseline();
        pairs.add(new PixelPair(p.group, p.a, p.b, map.at(p.a), map.at(p.b), both));
      }
      progress.accept(pairs.size());
    }
    return Optional.of(pairs);
  }

  private Raster picture(Places places) {
    return probe.patch(places.b).on(probe.patch(places.a).on(probe.base()));
  }

  private List<Places> draw(int n, RandomGenerator random) {
    Checks.refuse(
        n < 2 || outerPlaces.length < 2 || innerPlaces.length < 2,
        "%d pairs; pairs need 2 places to change in the outer and 2 in the inner third, there are"
            + " %d and %d",
        n,
        outerPlaces.length,
        innerPlaces.length);
    List<Places> edge = new ArrayList<>();
    List<Places> centre = new ArrayList<>();
    List<Places> mixed = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      matched(edge, centre, random);
      mixed.add(apart(Group.MIXED, outerPlaces, innerPlaces, random));
    }
    List<Places> all = new ArrayList<>(edge);
    all.addAll(centre);
    all.addAll(mixed);
    return all;
  }

  private void matched(List<Places> edge, List<Places> centre, RandomGenerator random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Places inside = apart(Group.CENTRE, innerPlaces, innerPlaces, random);
      int dx = canvas.x(inside.b) - canvas.x(inside.a);
      int dy = canvas.y(inside.b) - canvas.y(inside.a);
      Optional<Places> outside = atOffset(dx, dy, random);
      if (outside.isPresent()) {
        edge.add(outside.get());
        centre.add(inside);
        return;
      }
    }
    throw new IllegalArgumentException(
        "found no two places in the outer third that lie to each other as two of the inner do");
  }

  /** Two blocks that do not overlap. */
  private Places apart(Group group, int[] first, int[] second, RandomGenerator random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int a = first[random.nextInt(first.length)];
      int b = second[random.nextInt(second.length)];
      int dx = Math.abs(canvas.x(a) - canvas.x(b));
      int dy = Math.abs(canvas.y(a) - canvas.y(b));
      if (Math.max(dx, dy) >= probe.block()) {
        return new Places(group, a, b);
      }
    }
    throw new IllegalArgumentException("found no two blocks that do not overlap");
  }

  private Optional<Places> atOffset(int dx, int dy, RandomGenerator random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int a = outerPlaces[random.nextInt(outerPlaces.length)];
      boolean turned = random.nextBoolean();
      int x = canvas.x(a) + (random.nextBoolean() ? 1 : -1) * (turned ? dy : dx);
      int y = canvas.y(a) + (random.nextBoolean() ? 1 : -1) * (turned ? dx : dy);
      if (canvas.contains(x, y) && outer[canvas.index(x, y)]) {
        return Optional.of(new Places(Group.EDGE, a, canvas.index(x, y)));
      }
    }
    return Optional.empty();
  }

  /**
   * Two blocks changed together.
   *
   * @param group where the two blocks lie
   * @param a position of the first
   * @param b position of the second
   * @param deltaA Δlogit of the first alone
   * @param deltaB the Δlogit of the second alone
   * @param deltaBoth the Δlogit of both at once
   */
  public record PixelPair(
      Group group, int a, int b, double deltaA, double deltaB, double deltaBoth) {
    /** Where the positions of a pair lie: thirds of the canvas by edge rank. */
    public enum Group {
      /** Both pixels lie in the outer third. */
      EDGE,
      /** Both pixels lie in the inner third. */
      CENTRE,
      /** The first in the outer, the second in the inner third. */
      MIXED
    }

    public PixelPair {
      if (!Double.isFinite(deltaA + deltaB + deltaBoth)) {
        throw new IllegalArgumentException(
            "effects are finite, were " + deltaA + ", " + deltaB + ", together " + deltaBoth);
      }
    }

    /**
     * The interaction (epistasis): the effect of both minus the sum of their separate effects.
     * Below 0, the joint effect is further towards the target than that sum.
     */
    public double interaction() {
      return deltaBoth - deltaA - deltaB;
    }
  }

  /**
   * Interactions of sampled pairs, by group. The unit is the pair, and the inference is about all
   * such pairs on this picture and classifier only.
   *
   * @param groups edge, centre, mixed
   * @param strengthDifference mean |ε| of edge pairs minus that of the centre pairs matched to them
   * @param p the p-value of that difference, two-sided, by sign flips of the matched pairs'
   *     differences
   */
  public record Interactions(List<OfGroup> groups, Estimate strengthDifference, double p) {
    private static final int DRAWS = 9_999;

    /**
     * The interactions of one group.
     *
     * @param pairs number of pairs
     * @param mean the mean of ε, with its 95 % interval
     * @param p two-sided, by sign flips, of the hypothesis that the mean is 0
     * @param strength the mean of |ε|, with its 95 % interval
     * @param strengthOfOne the mean |Δlogit| of a single block of these pairs, for comparison
     */
    public record OfGroup(
        Group group, int pairs, Estimate mean, double p, Estimate strength, double strengthOfOne) {}

    public Interactions {
      groups = List.copyOf(groups);
    }

    /** Analyses pairs drawn by {@link PairProbe}: the i-th edge and centre pairs are matched. */
    public static Interactions of(List<PixelPair> pairs, RandomGenerator random) {
      List<OfGroup> groups = new ArrayList<>();
      for (Group group : Group.values()) {
        groups.add(group(group, of(group, pairs), random));
      }
      double[] edge = strengths(interactions(of(Group.EDGE, pairs)));
      double[] centre = strengths(interactions(of(Group.CENTRE, pairs)));
      return new Interactions(
          groups,
          EffectSize.pairedDifference(edge, centre, Bootstrap.standard(), random),
          PermutationTest.paired(edge, centre, Alternative.TWO_SIDED, DRAWS, random).p());
    }

    private static List<PixelPair> of(Group group, List<PixelPair> pairs) {
      return pairs.stream().filter(pair -> pair.group() == group).toList();
    }

    private static OfGroup group(Group group, List<PixelPair> pairs, RandomGenerator random) {
      double[] epsilon = interactions(pairs);
      double p = SignFlipTest.of(epsilon, 0, Alternative.TWO_SIDED, DRAWS, random).p();
      double one =
          pairs.stream()
              .mapToDouble(pair -> (Math.abs(pair.deltaA()) + Math.abs(pair.deltaB())) / 2)
              .average()
              .orElseThrow();
      return new OfGroup(
          group,
          pairs.size(),
          estimate(epsilon, random),
          p,
          estimate(strengths(epsilon), random),
          one);
    }

    private static double[] interactions(List<PixelPair> pairs) {
      return pairs.stream().mapToDouble(PixelPair::interaction).toArray();
    }

    private static double[] strengths(double[] epsilon) {
      double[] strengths = new double[epsilon.length];
      for (int i = 0; i < strengths.length; i++) {
        strengths[i] = Math.abs(epsilon[i]);
      }
      return strengths;
    }

    private static Estimate estimate(double[] values, RandomGenerator random) {
      return new Estimate(Summary.of(values).mean(), Bootstrap.standard().mean(values, random));
    }
  }
}
