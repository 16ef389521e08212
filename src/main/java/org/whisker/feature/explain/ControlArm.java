package org.whisker.feature.explain;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.Measure;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.explain.ControlRuns;
import org.whisker.hypothesis.Hypotheses;

/**
 * The runs of a model's control: the first arm of {@code geometry}.
 *
 * @param runs the runs of the control alone; at least one
 * @param summaries the summaries of all arms of the experiment
 */
record ControlArm(List<ArmRow> runs, List<ArmSummary> summaries) {
  private static final double HALF = 0.5;

  ControlArm {
    runs = List.copyOf(runs);
    summaries = List.copyOf(summaries);
  }

  /** Empty if the model has no table of runs. */
  static Optional<ControlArm> of(ReportFolder folder, String model) throws IOException {
    List<ArmRow> runs = ArmRow.ofControl(folder.read(ArmRow.TABLE, CatsSection.file(model)));
    String summaries = model + "/" + Hypotheses.CONTROL + "/" + ArmSummary.FILE;
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(new ControlArm(runs, folder.read(ArmSummary.TABLE, summaries)));
  }

  String arm() {
    return runs.get(0).arm();
  }

  /** p(target) that counted as success. */
  double target() {
    return summaries.isEmpty() ? HALF : summaries.get(0).target();
  }

  int cats() {
    return (int) runs.stream().filter(ArmRow::success).count();
  }

  /** How many runs reached p(target) ½. */
  int halfCats() {
    return Math.max(cats(), (int) runs.stream().filter(ArmRow::isHalfCat).count());
  }

  /** The runs, the most cat-like first. */
  List<ArmRow> byCatProbability() {
    return runs.stream()
        .sorted(Comparator.comparingDouble(r -> -r.catProbability().orElse(-1)))
        .toList();
  }

  /** p(target) of the empty canvas. */
  OptionalDouble white() {
    return runs.stream()
        .map(ArmRow::bareCatProbability)
        .flatMapToDouble(OptionalDouble::stream)
        .findFirst();
  }

  /**
   * Mean E of the control's images.
   *
   * @param level p(target) of the images; empty for the final images of all runs
   */
  Optional<ArmSummary> edge(OptionalDouble level) {
    return edge(arm(), level);
  }

  /** Mean E of the search behind a random roll; empty where the experiment has no such arm. */
  Optional<ArmSummary> edgeWithoutPreference(OptionalDouble level) {
    return rolled().flatMap(name -> edge(name, level));
  }

  private Optional<ArmSummary> edge(String arm, OptionalDouble level) {
    Measure measure =
        level.isEmpty()
            ? Measure.EDGE_INDEX
            : level.getAsDouble() >= target()
                ? Measure.EDGE_INDEX_AT_TARGET
                : Measure.EDGE_INDEX_AT_HALF;
    return ArmSummary.find(summaries, arm, measure).filter(row -> row.mean().isPresent());
  }

  /**
   * What a short answer is made of.
   *
   * @param climb the improvements of these runs
   */
  ControlRuns inShort(String model, List<ClimbRow> climb) {
    return new ControlRuns(
        model,
        runs.size(),
        target(),
        cats(),
        halfCats(),
        DoubleStream.of(ArmRow.values(runs, ArmRow::catProbability)).max(),
        white(),
        mean(arm(), Measure.EDGE_INDEX_AT_TARGET),
        mean(arm(), Measure.EDGE_INDEX_AT_HALF),
        mean(arm(), Measure.EDGE_INDEX),
        rolled().flatMap(other -> mean(other, level(other))),
        ClimbRow.rising(climb));
  }

  /** The arm behind random rolls; empty where the experiment has none. */
  private Optional<String> rolled() {
    return summaries.stream().map(ArmSummary::arm).filter(n -> !n.equals(arm())).findFirst();
  }

  /** The measure by which both arms are compared. */
  private Measure level(String other) {
    return Stream.of(Measure.EDGE_INDEX_AT_TARGET, Measure.EDGE_INDEX_AT_HALF)
        .filter(measure -> isHalf(arm(), measure) && isHalf(other, measure))
        .findFirst()
        .orElse(Measure.EDGE_INDEX);
  }

  private boolean isHalf(String arm, Measure measure) {
    return ArmSummary.find(summaries, arm, measure)
        .filter(row -> 2 * row.units() >= row.runs())
        .isPresent();
  }

  private Optional<ControlRuns.EdgeMean> mean(String arm, Measure measure) {
    return ArmSummary.find(summaries, arm, measure)
        .filter(row -> row.mean().isPresent())
        .map(
            row ->
                new ControlRuns.EdgeMean(
                    row.mean().getAsDouble(), row.ciLow(), row.ciHigh(), row.units()));
  }
}
