package org.whisker.saliency.faithfulness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.SaliencyMap;

/**
 * Images to score for deletion and insertion. Insertion is deletion in the reverse order, read
 * backwards; so all scored images are deletions: in the map's order, in its reverse, in random
 * orders, which serve both, and in the orders of shifted maps and their reverses. Image 0 is the
 * original, image 1 has all eligible pixels deleted, then follow the steps between.
 */
final class DeletionGame {
  private static final int FORTH = 0;
  private static final int BACK = 1;

  private final GrayImage base;
  private final GrayImage fill;
  private final DeletionInsertion.Options options;
  private final int[] players;
  private final int[] ranked;
  private final int[][] rolled;
  private final int steps;

  DeletionGame(GrayImage base, SaliencyMap map, DeletionInsertion.Options options) {
    this.base = base;
    this.fill = options.fill().of(base);
    this.options = options;
    this.players =
        IntStream.range(0, base.canvas().pixels())
            .filter(i -> !options.blackOnly() || base.at(i) == 0)
            .toArray();
    if (players.length == 0) {
      throw new IllegalArgumentException("the picture has no black pixel to take away");
    }
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
        importance,
        i -> signed ? -Linearised.towardsNotCat(map, i, base, fill) : Math.abs(map.at(i)));
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

  GrayImage picture(int index) {
    if (index < 2) {
      return without(ranked, index == 0 ? 0 : players.length);
    }
    int between = index - 2;
    return without(order(between / (steps - 1)), gone(1 + between % (steps - 1)));
  }

  private GrayImage without(int[] order, int count) {
    float[] values = base.values();
    for (int i = 0; i < count; i++) {
      values[order[i]] = fill.at(order[i]);
    }
    return new GrayImage(base.canvas(), values);
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
