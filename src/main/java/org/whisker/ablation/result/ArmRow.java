package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: one run of an arm of an experiment. Cells that do not apply to a failed
 * run, or to one without a network, are empty.
 */
public record ArmRow(
    @Column(meaning = "name of the arm") String arm,
    @Column(meaning = "the network; arms of training experiments have several") String variant,
    @Column(meaning = "transform applied to the evolved image before it enters the network")
        String view,
    @Column(
            meaning =
                "number of the run, from 1; in training experiments, runs are counted "
                    + "per network")
        int run,
    long seed,
    @Column(meaning = "why the run ended, in lower case") String ending,
    @Column(meaning = "whether p(target) reached the target") boolean success,
    @Column(
            unit = "images",
            meaning = "number of images scored until p(target) first reached the target")
        OptionalLong evaluationsToTarget,
    @Column(value = "p_target", unit = "probability", meaning = "p(target) of the final image")
        OptionalDouble catProbability,
    @Column(unit = "logit", meaning = "logit against the target of the final image")
        OptionalDouble logit,
    @Column(
            unit = "logit",
            meaning =
                "value that the search minimised for the final image, in logits: the "
                    + "logit or its surrogate")
        OptionalDouble searchLogit,
    @Column(
            value = "bare_p_target",
            unit = "probability",
            meaning = "p(target) of the empty (white) canvas")
        OptionalDouble bareCatProbability,
    @Column(unit = "logit", meaning = "logit against the target of that canvas")
        OptionalDouble bareLogit,
    @Column(unit = "px") OptionalInt blackPixels,
    @Column(
            meaning =
                "edge index E of the final image, 0 (border) to 1 (centre), ½ "
                    + "expected by chance; empty when it is white")
        OptionalDouble edgeIndex,
    @Column(meaning = "E of the first image whose p(target) reached the target")
        OptionalDouble edgeIndexAtTarget,
    @Column(meaning = "E of the first image whose p(target) reached ½")
        OptionalDouble edgeIndexAtHalf,
    @Column(unit = "images", meaning = "number of images scored") OptionalLong evaluations,
    OptionalInt generations,
    @Column(unit = "images", meaning = "mean number of different images in a generation")
        OptionalDouble distinctImages,
    @Column(meaning = "why the run failed, else empty") String message) {
  public static final String FILE = "arms.csv";
  public static final Table<ArmRow> TABLE = Table.of(ArmRow.class, FILE);

  /** Prefix of the names of arms under a flat fitness, which involve no network. */
  static final String FLAT = "flat-";

  /** The runs of an experiment, arm by arm. */
  public static List<ArmRow> of(AblationResult result) {
    List<ArmRow> rows = new ArrayList<>();
    for (ArmRuns arm : result.arms()) {
      for (int i = 0; i < arm.runs().size(); i++) {
        rows.add(of(arm, i));
      }
    }
    return rows;
  }

  private static ArmRow of(ArmRuns arm, int i) {
    ArmRun run = arm.runs().get(i);
    AblationArm own = arm.arm().ofNetwork(i / arm.runsANetwork());
    var outcome = run.outcome();
    return new ArmRow(
        own.name(),
        own.variant().label(),
        own.transform().label(),
        i % arm.runsANetwork() + 1,
        run.seed(),
        run.ending(),
        run.succeeded(),
        outcome.map(ArmRun.Outcome::toTarget).orElse(OptionalLong.empty()),
        run.catProbability(),
        outcome.map(ArmRun.Outcome::logit).orElse(OptionalDouble.empty()),
        outcome.map(ArmRun.Outcome::searchLogit).orElse(OptionalDouble.empty()),
        run.bareCatProbability(),
        outcome.map(ArmRun.Outcome::bareLogit).orElse(OptionalDouble.empty()),
        outcome.map(o -> OptionalInt.of(o.image().count())).orElse(OptionalInt.empty()),
        run.edgeIndex(),
        Measure.EDGE_INDEX_AT_TARGET.of(run),
        Measure.EDGE_INDEX_AT_HALF.of(run),
        outcome.map(o -> OptionalLong.of(o.evaluations())).orElse(OptionalLong.empty()),
        outcome.map(o -> OptionalInt.of(o.generations())).orElse(OptionalInt.empty()),
        outcome.map(o -> OptionalDouble.of(o.distinct())).orElse(OptionalDouble.empty()),
        run.message());
  }

  /** Logit of the empty canvas minus that of the final image, when both are known. */
  public OptionalDouble gain() {
    return logit.isPresent() && bareLogit.isPresent()
        ? OptionalDouble.of(bareLogit.getAsDouble() - logit.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The number of black pixels as a measure of the run; empty for a failed run. */
  public OptionalDouble pixels() {
    return blackPixels.isPresent()
        ? OptionalDouble.of(blackPixels.getAsInt())
        : OptionalDouble.empty();
  }

  /** Whether p(target) reached ½. */
  public boolean isHalfCat() {
    return edgeIndexAtHalf.isPresent() || catProbability.orElse(0) >= Measure.HALF;
  }

  /** Whether no network was involved, so that every image had the same fitness. */
  public boolean isFlat() {
    return arm.startsWith(FLAT);
  }

  /** The rows of the control, which is the first arm; empty when there are no rows. */
  public static List<ArmRow> ofControl(List<ArmRow> rows) {
    return rows.stream().filter(row -> row.arm().equals(rows.get(0).arm())).toList();
  }

  /** Rows by arm, in the table's order. */
  public static Map<String, List<ArmRow>> byArm(List<ArmRow> rows) {
    return Table.by(rows, ArmRow::arm);
  }

  /** Rows by network, in the table's order. */
  public static Map<String, List<ArmRow>> byNetwork(List<ArmRow> rows) {
    return Table.by(rows, ArmRow::variant);
  }

  /** The values of the rows that have one. */
  public static double[] values(List<ArmRow> rows, Function<ArmRow, OptionalDouble> value) {
    return rows.stream()
        .map(value)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
