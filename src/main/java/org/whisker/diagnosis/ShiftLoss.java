package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.image.Raster;
import org.whisker.network.CircularPadding;
import org.whisker.network.CircularPadding.Side;
import org.whisker.network.Network;
import org.whisker.stats.Estimate;

/**
 * The loss of shifts by a few pixels, as Zhang (2019, arXiv 1904.11486) and Azulay and Weiss (2019,
 * arXiv 1805.12177) show it. Strides sample the maps, so a shift by less than the total stride
 * gives other samples. Pictures are shifted over their borders. A network on a torus whose head is
 * averaged over rolls loses nothing by that but what its strides cost.
 */
final class ShiftLoss {
  private static final int SMALL = 3;

  private ShiftLoss() {}

  /** The torus of a network that can be made one; empty otherwise. */
  static Optional<Classifier> torus(Subject subject) throws IOException {
    try {
      return Optional.of(subject.openAveraged(CircularPadding::everywhere));
    } catch (IllegalArgumentException e) {
      return paddedTorus(subject);
    }
  }

  /** Windows without padding keep their border. */
  private static Optional<Classifier> paddedTorus(Subject subject) throws IOException {
    try {
      return Optional.of(
          subject.openAveraged(
              graph ->
                  CircularPadding.inLayers(
                      graph, PaddingEffects.layers(graph), EnumSet.allOf(Side.class))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Pixels of a picture for one of the last feature map. */
  static int stride(Network network, int side) {
    return Math.max(1, side / network.nodes().get(network.headMap()).shape().width());
  }

  /** The small shifts, by which strides are judged. */
  static List<Integer> small(int side) {
    return IntStream.rangeClosed(1, Math.min(SMALL, side - 1)).boxed().toList();
  }

  /**
   * Further shifts, through the phases of the strides and back to the first one: whole strides of
   * earlier layers, and as much between them.
   */
  static List<Integer> further(int stride, int side) {
    TreeSet<Integer> shifts = new TreeSet<>(List.of(stride));
    for (int shift = SMALL + 1; shift < stride; shift *= 2) {
      shifts.addAll(List.of(shift, shift + shift / 2));
    }
    shifts.removeIf(shift -> shift <= SMALL || shift > stride || shift >= side);
    return List.copyOf(shifts);
  }

  /** Logits of each picture, in place and at each shift. */
  static double[][] logits(Classifier network, List<Raster> pictures, List<Integer> shifts) {
    List<Raster> all = new ArrayList<>(pictures);
    shifts.forEach(
        shift -> pictures.forEach(picture -> all.add(Scenes.rolled(picture, shift, shift))));
    float[] logits = network.logits(all);
    double[][] by = new double[shifts.size() + 1][pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      by[i / pictures.size()][i % pictures.size()] = logits[i];
    }
    return by;
  }

  /** The loss by all these shifts together. */
  static Effect together(double[][] logits) {
    return Effect.of(
        logits[0].length,
        false,
        kept ->
            IntStream.range(1, logits.length)
                .mapToDouble(at -> ratio(logits[0], logits[at], kept))
                .average()
                .orElse(0));
  }

  /** A row for each shift; the phase of the total stride is what is left of whole ones. */
  static List<ShiftRow> rows(String network, double[][] logits, List<Integer> shifts, int stride) {
    List<ShiftRow> rows = new ArrayList<>();
    for (int i = 0; i < shifts.size(); i++) {
      double[] shifted = logits[i + 1];
      Estimate loss =
          Effect.of(shifted.length, false, kept -> ratio(logits[0], shifted, kept)).estimate();
      rows.add(
          new ShiftRow(
              network,
              shifts.get(i),
              OptionalInt.of(shifts.get(i) % stride),
              loss.value(),
              loss.interval().low(),
              loss.interval().high()));
    }
    return rows;
  }

  private static double ratio(double[] still, double[] shifted, IntPredicate kept) {
    int[] all = IntStream.range(0, still.length).filter(kept).toArray();
    double change =
        IntStream.of(all).mapToDouble(i -> Math.abs(shifted[i] - still[i])).average().orElse(0);
    double[] own = IntStream.of(all).mapToDouble(i -> still[i]).toArray();
    return change == 0 ? 0 : change / Math.max(SystematicChange.difference(own), Double.MIN_NORMAL);
  }
}
