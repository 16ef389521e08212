package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.image.Raster;
import org.whisker.network.CircularPadding;
import org.whisker.network.CircularPadding.Side;
import org.whisker.network.CutPoints;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.network.Window;
import org.whisker.stats.Estimate;

/**
 * The loss of shifts by a few pixels, as Zhang (2019, arXiv 1904.11486) and Azulay and Weiss (2019,
 * arXiv 1805.12177) show it. Strides sample the maps, so a shift by less than the total stride
 * gives other samples. Pictures are shifted over their borders. A network on a torus whose head is
 * averaged over rolls loses nothing by that but what its strides cost.
 */
final class ShiftLoss {
  private static final int SMALL = 3;

  /** A change of the logit between pictures that is too small to be more than rounding. */
  private static final double LEAST = 0.01;

  /** What rounding may change of a logit. */
  private static final double ROUNDING = 1e-4;

  private ShiftLoss() {}

  /**
   * The torus of a network that can be made one, with other operations that know places averaged
   * where that can be done; empty otherwise.
   */
  static Optional<Classifier> torus(Subject subject, Network network) throws IOException {
    UnaryOperator<Network> padded =
        graph ->
            CircularPadding.inLayers(
                graph, CircularPadding.wrappingLayers(graph), EnumSet.allOf(Side.class));
    Optional<Classifier> torus = torus(subject, network, CircularPadding::everywhere);
    // windows without padding keep their border there
    return torus.isPresent() ? torus : torus(subject, network, padded);
  }

  private static Optional<Classifier> torus(
      Subject subject, Network network, UnaryOperator<Network> wrap) throws IOException {
    Set<String> others = averaged(network, PlaceOperation.untested(network));
    List<PlaceOperation> heads = PlaceOperation.heads(network);
    try {
      if (CutPoints.isHeadCut(network)) {
        return Optional.of(
            subject.openAveraged(graph -> PlaceChange.averaged(wrap.apply(graph), others)));
      } else if (PlaceChange.blinded(network, heads).size() < heads.size()) {
        return Optional.empty();
      }
      others.addAll(averaged(network, heads));
      return Optional.of(subject.openCut(graph -> PlaceChange.averaged(wrap.apply(graph), others)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Set<String> averaged(Network network, List<PlaceOperation> some) {
    return PlaceChange.blinded(network, some).stream()
        .map(PlaceOperation::layer)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether no operation is left in the torus that knows places but for strides. */
  static boolean isBlind(Network network) {
    List<PlaceOperation> others = PlaceOperation.untested(network);
    return PlaceChange.blinded(network, others).size() == others.size();
  }

  /**
   * Pixels of a whole stride: a roll by so many rolls every map of the torus by whole positions, so
   * that no logit changes but by what padding, head and strides have nothing to do with. Empty
   * where maps don't divide the canvas, or change their size otherwise than by windows.
   */
  static OptionalInt whole(Network network) {
    Network torus;
    try {
      torus = CircularPadding.everywhere(network);
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
    FeatureShape canvas = torus.input();
    int[] jumps = new int[torus.nodes().size()];
    jumps[0] = 1;
    int whole = 1;
    for (int at = 1; at < jumps.length; at++) {
      Node node = torus.nodes().get(at);
      jumps[at] = node.inputs().stream().mapToInt(i -> jumps[i]).max().orElse(1);
      Optional<Window> window = Window.of(node.layer());
      if (window.isPresent()) {
        jumps[at] *= window.get().rows().stride();
        if (!covers(node.shape(), jumps[at], canvas, window.get())) {
          return OptionalInt.empty();
        }
        whole = Math.max(whole, jumps[at]);
      } else if (resizes(torus, node)) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(whole);
  }

  private static boolean covers(FeatureShape map, int jump, FeatureShape canvas, Window window) {
    return window.rows().stride() == window.columns().stride()
        && map.height() * jump == canvas.height()
        && map.width() * jump == canvas.width();
  }

  /** Whether a layer other than a window or padding changes the size of a map. */
  private static boolean resizes(Network network, Node node) {
    FeatureShape in = network.nodes().get(node.inputs().get(0)).shape();
    boolean isMap = node.shape().height() > 1 || node.shape().width() > 1;
    boolean same = node.shape().height() == in.height() && node.shape().width() == in.width();
    boolean joins = node.layer() instanceof Operation.Combine;
    return isMap && !same && !joins && !(node.layer() instanceof Operation.Pad);
  }

  /**
   * What a roll by whole strides changes, if that is more than rounding does: then something knows
   * places that is neither padding nor the head nor the phase of strides.
   *
   * @param still gives the logits of the pictures in place
   */
  static Optional<ShiftRow> unexplained(
      Network network, List<ShiftRow> rows, Supplier<float[]> still) {
    OptionalInt whole = whole(network);
    return rows.stream()
        .filter(row -> row.network().equals(ShiftRow.TORUS))
        .filter(row -> whole.isPresent() && row.shift() % whole.getAsInt() == 0)
        .filter(row -> row.ciLow() > LEAST)
        .max(Comparator.comparingDouble(ShiftRow::change))
        .filter(row -> row.ciLow() > rounding(still.get()));
  }

  /** What rounding may change, over the mean difference between two pictures. */
  private static double rounding(float[] logits) {
    double[] values = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
    double size = Arrays.stream(values).map(Math::abs).average().orElse(0);
    return ROUNDING * size / Math.max(SystematicChange.difference(values), Double.MIN_NORMAL);
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
