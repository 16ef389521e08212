package org.whisker.saliency.faithfulness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.table.Column;
import org.whisker.value.Checks;

/**
 * Deletion and insertion metrics (Petsiuk, Das and Saenko, 2018, arXiv:1806.07421): deletion
 * replaces pixels in the order of the map and records the fall of p(target); insertion starts from
 * the fully replaced image and restores them in that order. Ties are broken at random rather than
 * by row.
 *
 * <p>Any order of black pixels changes the output, and perturbed images are out of distribution; so
 * the map's order is compared with random orders of the same pixels and with the order of the same
 * map under toroidal shifts, which is as smooth.
 *
 * @param deletion better if the logit against the target rises early (p(target) falls early)
 * @param insertion better if the logit against the target falls early (p(target) rises early)
 * @param gain area between deletion of the most and of the least relevant pixels first
 */
public record DeletionInsertion(CausalCurve deletion, CausalCurve insertion, RelevanceGain gain) {

  /** The ranking of the pixels. */
  public enum Order {
    /** The strongest evidence for cat first; needs a signed map. */
    TOWARDS_CAT,
    /** The largest |value| first. */
    STRONGEST
  }

  /**
   * Options of the metrics.
   *
   * @param steps number of steps, at least 1; at most one per pixel
   * @param blackOnly whether only black pixels are eligible
   * @param fill replacement of deleted pixels
   * @param randomOrders number of random orders, at least 2; from 39 on, the band is their central
   *     95 %, otherwise their range
   * @param rolls number of toroidal shifts of the map, at least 0; from 19 on, p can reach 0.05.
   *     Each adds two orders: that of the shifted map and its reverse.
   */
  public record Options(
      int steps,
      boolean blackOnly,
      Fill fill,
      Order order,
      int randomOrders,
      int rolls,
      long seed) {
    public Options {
      Inputs.atLeast(0, "rolls", rolls);
      Inputs.atLeast(1, "steps", steps);
      Inputs.atLeast(2, "random orders", randomOrders);
    }

    /** The number of images to score for this number of eligible pixels. */
    int pictures(int pixels) {
      int between = Math.min(steps, pixels) - 1;
      return Math.addExact(2, Math.multiplyExact(2 + randomOrders + 2 * rolls, between));
    }
  }

  /**
   * Evaluates a map of this image.
   *
   * @param batchSize images per batch, at least 1
   * @param progress receives the number of images scored, of {@link Options#pictures}, after each
   *     batch
   * @param stopped polled before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if sizes differ, no pixel is eligible, or the order needs a
   *     signed map and this one is unsigned
   */
  public static Optional<DeletionInsertion> of(
      Classifier classifier,
      Raster picture,
      SaliencyMap map,
      Options options,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    Batches batches = new Batches(batchSize, progress, stopped);
    Inputs.checkSize(classifier, picture.canvas());
    Inputs.checkSize(map, picture.canvas());
    DeletionGame game = new DeletionGame(PlanarImage.from(picture), map, options);
    return batches
        .<Raster>logits(options.pictures(game.pixels()), game::picture, classifier::logits)
        .map(game::result);
  }

  /**
   * Images to score for deletion and insertion. Insertion is deletion in the reverse order, read
   * backwards; so all scored images are deletions: in the map's order, in its reverse, in random
   * orders, which serve both, and in the orders of shifted maps and their reverses. Image 0 is the
   * original, image 1 has all eligible pixels deleted, then follow the steps between.
   */
  static final class DeletionGame {
    private static final int FORTH = 0;
    private static final int BACK = 1;

    private final PlanarImage base;
    private final PlanarImage fill;
    private final DeletionInsertion.Options options;
    private final int[] players;
    private final int[] ranked;
    private final int[][] rolled;
    private final int steps;

    DeletionGame(PlanarImage base, SaliencyMap map, DeletionInsertion.Options options) {
      this.base = base;
      this.fill = options.fill().of(base);
      this.options = options;
      this.players =
          IntStream.range(0, base.canvas().pixels())
              .filter(i -> !options.blackOnly() || base.isBlackAt(i))
              .toArray();
      Checks.refuse(players.length == 0, "the picture has no black pixel to take away");
      this.steps = Math.min(options.steps(), players.length);
      this.ranked = ranked(map, "ties", 0);
      MapRolls rolls = MapRolls.of(map, options.seed());
      this.rolled = new int[options.rolls()][];
      Arrays.setAll(rolled, i -> ranked(rolls.rolled(map, i), "rolled ties", i));
    }

    private int[] ranked(SaliencyMap map, String ties, int number) {
      double[] importance = new double[base.canvas().pixels()];
      boolean signed = options.order() == DeletionInsertion.Order.TOWARDS_CAT;
      Arrays.setAll(
          importance, i -> signed ? -towardsNotCat(map, i, base, fill) : Math.abs(map.at(i)));
      // the sort is stable, so the shuffle breaks ties; 0 and -0 are tied
      return Arrays.stream(shuffled(ties, number))
          .boxed()
          .sorted(Comparator.comparingDouble(i -> 0.0 - importance[i]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private int[] shuffled(String name, int index) {
      SplitMix64 random = SplitMix64.stream(options.seed(), "deletion " + name, index);
      int[] order = players.clone();
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      return order;
    }

    private int[] order(int number) {
      return switch (number) {
        case FORTH -> ranked;
        case BACK -> reversed(ranked);
        default ->
            number < firstRolled() ? shuffled("order", number) : rolled(number - firstRolled());
      };
    }

    /** The order of a shifted map, then its reverse. */
    private int[] rolled(int number) {
      int[] order = rolled[number / 2];
      return number % 2 == 0 ? order : reversed(order);
    }

    private int firstRolled() {
      return 2 + options.randomOrders();
    }

    /** Number of pixels deleted after this number of steps. */
    private int gone(int step) {
      return (int) ((long) step * players.length / steps);
    }

    /** Number of eligible pixels. */
    int pixels() {
      return players.length;
    }

    PlanarImage picture(int index) {
      if (index < 2) {
        return without(ranked, index == 0 ? 0 : players.length);
      }
      int between = index - 2;
      return without(order(between / (steps - 1)), gone(1 + between % (steps - 1)));
    }

    private PlanarImage without(int[] order, int count) {
      float[] values = base.values();
      for (int i = 0; i < count; i++) {
        fill.copyTo(values, order[i]);
      }
      return base.with(values);
    }

    DeletionInsertion result(float[] logits) {
      double[][] deletion = new double[1 + options.randomOrders()][];
      double[][] insertion = new double[deletion.length][];
      deletion[0] = along(FORTH, logits);
      insertion[0] = reversed(along(BACK, logits));
      for (int r = 1; r < deletion.length; r++) {
        deletion[r] = along(BACK + r, logits);
        insertion[r] = reversed(deletion[r]);
      }
      double[][] rolledForth = new double[options.rolls()][];
      double[][] rolledBack = new double[rolledForth.length][];
      for (int r = 0; r < rolledForth.length; r++) {
        rolledForth[r] = along(firstRolled() + 2 * r, logits);
        rolledBack[r] = reversed(along(firstRolled() + 2 * r + 1, logits));
      }
      return result(deletion, insertion, rolledForth, rolledBack);
    }

    private DeletionInsertion result(
        double[][] deletion, double[][] insertion, double[][] rolledForth, double[][] rolledBack) {
      int[] gone = IntStream.rangeClosed(0, steps).map(this::gone).toArray();
      int[] back = Arrays.stream(reversed(gone)).map(count -> players.length - count).toArray();
      CausalCurve deleted = CausalCurve.of(gone, deletion, rolledForth, true);
      CausalCurve inserted = CausalCurve.of(back, insertion, rolledBack, false);
      double[] forth = CausalCurve.areas(gone, rolledForth);
      double[] against = CausalCurve.areas(back, rolledBack);
      double[] gains = new double[forth.length];
      Arrays.setAll(gains, r -> forth[r] - against[r]);
      return new DeletionInsertion(deleted, inserted, RelevanceGain.of(deleted, inserted, gains));
    }

    private double[] along(int order, float[] logits) {
      double[] curve = new double[steps + 1];
      curve[0] = logits[0];
      curve[steps] = logits[1];
      for (int step = 1; step < steps; step++) {
        curve[step] = logits[2 + order * (steps - 1) + step - 1];
      }
      return curve;
    }

    private static int[] reversed(int[] x) {
      return IntStream.range(0, x.length).map(i -> x[x.length - 1 - i]).toArray();
    }

    private static double[] reversed(double[] x) {
      return IntStream.range(0, x.length).mapToDouble(i -> x[x.length - 1 - i]).toArray();
    }
  }

  /**
   * Symmetric relevance gain (Blücher, Vielhaben and Strodthoff, 2024, arXiv:2401.06654): the area
   * between the curves for deletion of the most and of the least relevant pixels first. The effect
   * of deletion in any order, since perturbed images are out of distribution, cancels: a random
   * order has an expected gain of 0, and the reversed map the opposite gain.
   *
   * @param rolled empty without shifts
   */
  public record RelevanceGain(
      @Column(
              unit = "logit",
              meaning =
                  "area between the curves of the logit against the target; above 0 is better")
          double logit,
      @Column(value = "p_target", meaning = "the gain in p(target), from -1 to 1") double cat,
      @Column(value = "rolled_", meaning = "the gain in logits under toroidal shifts of the map")
          Optional<RolledNull> rolled) {
    public RelevanceGain {
      Checks.require(Double.isFinite(logit + cat), "a gain is finite, was %s and %s", logit, cat);
    }

    /**
     * Computes the gain from both curves: insertion read backwards is deletion of the least
     * relevant pixels first, and has the same area.
     *
     * @param rolled gains of the shifted maps, in logits
     */
    static RelevanceGain of(CausalCurve deletion, CausalCurve insertion, double[] rolled) {
      double logit = deletion.logit().auc() - insertion.logit().auc();
      double cat = insertion.cat().auc() - deletion.cat().auc();
      return new RelevanceGain(logit, cat, RolledNull.of(logit, rolled, true));
    }
  }

  /**
   * The prediction of a map for a change of the image.
   *
   * <p>The contribution of one pixel to f(picture) − f(changed), in logits of not-cat, according to
   * the map: a gradient times the change of gray, or the mean change of three planes; for a map
   * relative to a replacement, its value if the pixel changes, otherwise 0.
   *
   * @throws IllegalArgumentException for an unsigned map
   */
  static double towardsNotCat(
      SaliencyMap map, int index, PlanarImage picture, PlanarImage changed) {
    boolean same = picture.isSameAt(changed, index);
    double value = map.at(index);
    return switch (map.sign()) {
      case WHITE_TOWARDS_NOT_TARGET -> value * linearisedChange(index, picture, changed);
      case WHITE_TOWARDS_TARGET -> -value * linearisedChange(index, picture, changed);
      case CONTENT_TOWARDS_NOT_TARGET -> same ? 0 : value;
      case CONTENT_TOWARDS_TARGET -> same ? 0 : -value;
      default ->
          throw new IllegalArgumentException(
              map.method() + " says how strongly, not which way: it predicts no logit");
    };
  }

  /** How much lighter a pixel is than in the changed picture, mean over planes. */
  private static double linearisedChange(int index, PlanarImage picture, PlanarImage changed) {
    int pixels = picture.canvas().pixels();
    double change = 0;
    for (int plane = 0; plane < picture.planes(); plane++) {
      int i = plane * pixels + index;
      change += (double) picture.at(i) - changed.at(i);
    }
    return change / picture.planes();
  }
}
