package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.Measure;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/**
 * Draws every run of every arm as a dot, with the means and intervals of {@value ArmSummary#FILE},
 * on an axis from 0 to 1.
 */
public final class ArmStrips {
  private static final int MOST_DOTS = 100;
  private static final int GAP = 12;

  private ArmStrips() {}

  /** Edge indices; empty when no lane has a mean. */
  public static Optional<Drawing> edge(String title, List<ArmLane> lanes) {
    return strip(
        title,
        "edge index E (below ½: nearer the edge)",
        arms(lanes, Measure.EDGE_INDEX, ArmRow::edgeIndex),
        0.5,
        legend(lanes, "chance"));
  }

  /**
   * Edge indices at equal p(target): at the levels at which comparisons were decided. Where none
   * was, at the target or, when no run of any arm reached it, at ½; empty when no run reached
   * either.
   *
   * @param effects the effects of these arms
   */
  public static Optional<Drawing> cats(String title, List<ArmLane> lanes, List<EffectRow> effects) {
    List<Drawing> decided = new ArrayList<>();
    if (isDecidedBy(Measure.EDGE_INDEX_AT_TARGET, effects)) {
      atTarget(title, lanes).ifPresent(decided::add);
    }
    if (isDecidedBy(Measure.EDGE_INDEX_AT_HALF, effects)) {
      String name = decided.isEmpty() ? title : "and where arms are compared at ½";
      atHalf(name, lanes).ifPresent(decided::add);
    }
    return decided.isEmpty()
        ? atTarget(title, lanes).or(() -> atHalf(title, lanes))
        : Optional.of(decided.size() == 1 ? decided.get(0) : new Row(decided, GAP, true));
  }

  private static boolean isDecidedBy(Measure measure, List<EffectRow> effects) {
    return effects.stream()
        .anyMatch(row -> row.decisive() && row.measure().equals(measure.label()));
  }

  private static Optional<Drawing> atTarget(String title, List<ArmLane> lanes) {
    double target = lanes.stream().mapToDouble(ArmLane::target).findFirst().orElse(0.5);
    return cats(title, target, Measure.EDGE_INDEX_AT_TARGET, ArmRow::edgeIndexAtTarget, lanes);
  }

  private static Optional<Drawing> atHalf(String title, List<ArmLane> lanes) {
    return cats(title, 0.5, Measure.EDGE_INDEX_AT_HALF, ArmRow::edgeIndexAtHalf, lanes);
  }

  private static Optional<Drawing> cats(
      String title,
      double level,
      Measure measure,
      Function<ArmRow, OptionalDouble> value,
      List<ArmLane> lanes) {
    return strip(
        title,
        "E when p(target) reached " + Decimals.rounded(level, 2) + " (below ½: nearer the edge)",
        arms(lanes, measure, value, level),
        0.5,
        legend(lanes, "chance"));
  }

  /**
   * p(target) of the final images, against the p(target) at which a search stops; empty when no
   * lane has a mean.
   */
  public static Optional<Drawing> confidence(String title, List<ArmLane> lanes) {
    double target = lanes.stream().mapToDouble(ArmLane::target).findFirst().orElse(0.5);
    return strip(
        title,
        "p(target) of the final image",
        arms(lanes, Measure.P_TARGET, ArmRow::catProbability),
        target,
        legend(lanes, target == 0.5 ? "p(target) ½, a cat" : "the target"));
  }

  /** Gain of the logit over white of the final images; empty when no lane has a mean. */
  public static Optional<Drawing> gain(String title, List<ArmLane> lanes) {
    List<Arm> arms = arms(lanes, Measure.GAIN, ArmRow::gain);
    return arms.stream().allMatch(Arm::isEmpty)
        ? Optional.empty()
        : Optional.of(
            new StripPlot(
                title,
                "gain: logit against the target of white less that of the final image",
                arms,
                0,
                legend(lanes, "white"),
                false));
  }

  private static Optional<Drawing> strip(
      String title, String label, List<Arm> arms, double reference, String legend) {
    return arms.stream().allMatch(Arm::isEmpty)
        ? Optional.empty()
        : Optional.of(new StripPlot(title, label, arms, reference, legend, true));
  }

  private static String legend(List<ArmLane> lanes, String reference) {
    int runs = lanes.stream().mapToInt(lane -> lane.runs().size()).sum();
    boolean trained = lanes.stream().anyMatch(ArmStrips::isTrained);
    String dots = runs > MOST_DOTS * lanes.size() ? "a part of the runs" : "runs";
    return StripPlot.ofRuns(dots, trained, reference);
  }

  /** Whether the arm has several networks, each of which counts once. */
  private static boolean isTrained(ArmLane lane) {
    return ArmRow.byNetwork(lane.runs()).size() > 1;
  }

  private static List<Arm> arms(
      List<ArmLane> lanes, Measure measure, Function<ArmRow, OptionalDouble> value) {
    double target = lanes.stream().mapToDouble(ArmLane::target).findFirst().orElse(0.5);
    return arms(lanes, measure, value, target);
  }

  private static List<Arm> arms(
      List<ArmLane> lanes, Measure measure, Function<ArmRow, OptionalDouble> value, double level) {
    List<Arm> arms = new ArrayList<>();
    for (ArmLane lane : lanes) {
      String label = lane.labelled(level);
      Optional<ArmSummary> summary = lane.summary(measure).filter(s -> s.mean().isPresent());
      arms.add(
          summary.isEmpty()
              ? Arm.none(label)
              : isTrained(lane)
                  ? trained(label, lane, summary.get(), value)
                  : arm(label, lane, summary.get(), value));
    }
    return arms;
  }

  private static Arm arm(
      String label, ArmLane lane, ArmSummary summary, Function<ArmRow, OptionalDouble> value) {
    double[] dots = thinned(ArmRow.values(lane.runs(), value));
    return arm(label, summary, dots, IntStream.range(0, dots.length).toArray());
  }

  /** The runs of a network are drawn in one line. */
  private static Arm trained(
      String label, ArmLane lane, ArmSummary summary, Function<ArmRow, OptionalDouble> value) {
    List<double[]> runs =
        ArmRow.byNetwork(lane.runs()).values().stream()
            .map(rows -> ArmRow.values(rows, value))
            .toList();
    int[] lines =
        IntStream.range(0, runs.size())
            .flatMap(i -> IntStream.generate(() -> i).limit(runs.get(i).length))
            .toArray();
    return arm(label, summary, runs.stream().flatMapToDouble(Arrays::stream).toArray(), lines);
  }

  private static Arm arm(String label, ArmSummary summary, double[] dots, int[] lines) {
    double mean = summary.mean().orElseThrow();
    return new Arm(
        label,
        dots,
        lines,
        mean,
        Math.min(mean, summary.ciLow().orElse(mean)),
        Math.max(mean, summary.ciHigh().orElse(mean)));
  }

  private static double[] thinned(double[] values) {
    int every = (values.length + MOST_DOTS - 1) / MOST_DOTS;
    double[] some = new double[(values.length + every - 1) / every];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[i * every];
    }
    return some;
  }

  /**
   * {@code edge-index} of an experiment whose arms are compared: E and p(target) of every run, and
   * E of the operators under a flat fitness.
   */
  public static void draw(Path folder, ChartFiles files) throws IOException {
    List<ArmRow> rows = ArmRow.TABLE.readIn(folder);
    List<ArmSummary> summaries = ArmSummary.TABLE.readIn(folder);
    if (Files.exists(folder.resolve(EffectRow.FILE)) && !summaries.isEmpty()) {
      List<Drawing> strips =
          strips(
              ExperimentTitle.of(folder),
              ArmLane.of(rows, summaries),
              EffectRow.TABLE.readIn(folder));
      if (!strips.isEmpty()) {
        files.write(folder, "edge-index", Row.across(GAP, strips));
      }
    }
  }

  private static List<Drawing> strips(
      ExperimentTitle title, List<ArmLane> lanes, List<EffectRow> effects) {
    List<ArmLane> evolved = lanes.stream().filter(lane -> !lane.isFlat()).toList();
    List<ArmLane> flat = lanes.stream().filter(ArmLane::isFlat).toList();
    List<Drawing> strips = new ArrayList<>();
    if (!evolved.isEmpty()) {
      add(edge(title + ": final images, reaching the target or not", evolved), strips);
      add(cats("and of images at equal p(target)", evolved, effects), strips);
      add(confidence("and p(target) reached by the search", evolved), strips);
    }
    if (!flat.isEmpty()) {
      add(edge(title + ": under a flat fitness, without a network", flat), strips);
    }
    return strips;
  }

  private static void add(Optional<Drawing> strip, List<Drawing> strips) {
    strip.ifPresent(strips::add);
  }

  /**
   * One row of {@link ArmStrips}.
   *
   * @param name name of the arm, or other label of the runs
   * @param runs at least one
   * @param summaries the summaries of these runs, one per measure
   */
  public record ArmLane(String name, List<ArmRow> runs, List<ArmSummary> summaries) {
    private static final double EVEN = 0.5;

    public ArmLane {
      runs = List.copyOf(runs);
      summaries = List.copyOf(summaries);
    }

    /** One lane per arm, in the table's order. */
    public static List<ArmLane> of(List<ArmRow> rows, List<ArmSummary> summaries) {
      List<ArmLane> lanes = new ArrayList<>();
      ArmRow.byArm(rows)
          .forEach(
              (arm, runs) ->
                  lanes.add(
                      new ArmLane(
                          arm,
                          runs,
                          summaries.stream().filter(s -> s.arm().equals(arm)).toList())));
      return lanes;
    }

    /** Whether no network was involved. */
    public boolean isFlat() {
      return runs.get(0).isFlat();
    }

    Optional<ArmSummary> summary(Measure measure) {
      return summaries.stream().filter(s -> s.measure() == measure).findFirst();
    }

    /** p(target) that counts as success; ½ when no table states it. */
    double target() {
      return summaries.stream().findFirst().map(ArmSummary::target).orElse(EVEN);
    }

    /**
     * The name with the number of runs that reached {@code level}; ½ counts the runs that reached
     * ½.
     */
    String labelled(double level) {
      boolean half = level == EVEN && target() != EVEN;
      long reached = runs.stream().filter(half ? ArmRow::isHalfCat : ArmRow::success).count();
      return isFlat()
          ? name
          : Text.of(
              "%s (%d of %d reach %s)",
              name, reached, runs.size(), level == EVEN ? "½" : Decimals.rounded(level, 2));
    }
  }
}
