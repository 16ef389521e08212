package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.io.CsvWriter;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.Interval;
import org.whisker.table.AblationTables;

/** What all experiments together come to. */
public final class AblationSummaryFiles {
  private static final List<String> SUMMARY =
      List.of(
          "hypothesis",
          "experiment",
          "model",
          "comparison",
          "against",
          "measure",
          "control_mean",
          "treated_mean",
          "effect",
          "ci_low",
          "ci_high",
          "p_value",
          "p_holm",
          "p_holm_all",
          "p_equivalence",
          "verdict",
          "runs_needed",
          "share_removed",
          "runs",
          "success_control",
          "success_treated",
          "p_cat_control",
          "p_cat_treated",
          "pixels_control",
          "pixels_treated",
          "bare_p_cat_control",
          "bare_p_cat_treated");

  private static final int PARTS_APART = 16;

  private AblationSummaryFiles() {}

  /**
   * An experiment that a model can't take.
   *
   * @param why in one line
   */
  public record Skipped(String experiment, String model, String why) {}

  /** Writes {@code skipped.csv}. */
  public static void skipped(Path folder, List<Skipped> skipped) throws IOException {
    List<String> header = List.of("experiment", "model", "reason");
    try (CsvWriter csv = CsvWriter.create(folder.resolve("skipped.csv"), header)) {
      for (Skipped s : skipped) {
        csv.row(s.experiment(), s.model(), s.why());
      }
      csv.finish();
    }
  }

  /**
   * Writes {@code summary.csv}, a row a comparison by the measure that decides it and a row an
   * observation, and {@code overview} as PNG and SVG. {@code p_holm} is corrected within the
   * experiment, which decides the verdict; {@code p_holm_all} over all rows, which few runs can
   * hardly pass.
   */
  public static void write(Path folder, List<AblationResult> results) throws IOException {
    List<ArmEffect> effects = results.stream().flatMap(r -> r.first().stream()).toList();
    List<Observation> observed = results.stream().flatMap(r -> r.observations().stream()).toList();
    double[] corrected =
        Holm.adjust(
            DoubleStream.concat(
                    effects.stream().mapToDouble(ArmEffect::p),
                    observed.stream().mapToDouble(Observation::p))
                .toArray());
    int nextObserved = effects.size();
    int next = 0;
    try (CsvWriter csv = CsvWriter.create(folder.resolve("summary.csv"), SUMMARY)) {
      for (AblationResult result : results) {
        for (ArmEffect effect : result.first()) {
          csv.row(cells(result, effect, corrected[next++]));
        }
        for (Observation observation : result.observations()) {
          csv.row(cells(result, observation, corrected[nextObserved++]));
        }
      }
      csv.finish();
    }
    List<Drawing> parts = new ArrayList<>();
    EffectPlot.of(results).ifPresent(parts::add);
    ObservationPlot.of(results).ifPresent(parts::add);
    Optional<Drawing> overview =
        parts.isEmpty() ? Optional.empty() : Optional.of(new Row(parts, PARTS_APART, true));
    AblationFiles.draw(folder, "overview", overview);
  }

  private static @Nullable Object[] cells(AblationResult result, ArmEffect e, double pAll) {
    Estimate delta = e.delta();
    List<@Nullable Object> cells = new ArrayList<>();
    cells.addAll(List.of(result.ablation().hypothesis(), result.ablation().id(), result.model()));
    cells.addAll(List.of(e.contrast().name(), e.contrast().against(), e.measure().label()));
    cells.addAll(List.of(e.control(), e.treated()));
    cells.add(delta == null ? null : delta.value());
    cells.add(delta == null ? null : delta.interval().low());
    cells.add(delta == null ? null : delta.interval().high());
    cells.add(delta == null ? null : e.p());
    cells.add(delta == null ? null : e.pHolm());
    cells.add(delta == null ? null : pAll);
    cells.addAll(List.of(e.pEquivalence(), AblationTables.verdict(e), e.runsNeeded()));
    cells.addAll(List.of(e.shareRemoved(), e.seeds()));
    ArmRuns control = arm(result, e, e.contrast().against());
    ArmRuns treated = arm(result, e, e.contrast().name());
    for (Measure measure : List.of(Measure.SUCCESS, Measure.P_CAT, Measure.PIXELS)) {
      cells.add(mean(control, measure));
      cells.add(mean(treated, measure));
    }
    cells.add(control == null ? OptionalDouble.empty() : control.bareCatProbability());
    cells.add(treated == null ? OptionalDouble.empty() : treated.bareCatProbability());
    return cells.toArray();
  }

  private static @Nullable Object[] cells(AblationResult result, Observation o, double pAll) {
    Interval interval = o.interval();
    boolean enough = o.verdict() != null;
    List<@Nullable Object> cells = new ArrayList<>();
    cells.addAll(List.of(result.ablation().hypothesis(), result.ablation().id(), result.model()));
    cells.addAll(List.of(o.name(), o.against(), o.statistic()));
    cells.add(null);
    cells.add(null);
    cells.add(o.effect());
    cells.add(interval == null ? null : interval.low());
    cells.add(interval == null ? null : interval.high());
    cells.add(enough ? o.p() : null);
    cells.add(enough ? o.pHolm() : null);
    cells.add(enough ? pAll : null);
    cells.add(o.pEquivalence());
    cells.add(ObservationFiles.verdict(o.verdict()));
    cells.add(o.runsNeeded());
    cells.add(null);
    cells.add(o.runs());
    ArmRuns control = result.arms().get(0);
    for (Measure measure : List.of(Measure.SUCCESS, Measure.P_CAT, Measure.PIXELS)) {
      cells.add(mean(control, measure));
      cells.add(null);
    }
    cells.add(control.bareCatProbability());
    cells.add(null);
    return cells.toArray();
  }

  private static @Nullable ArmRuns arm(AblationResult result, ArmEffect e, String name) {
    return e.contrast().weights().containsKey(name) ? result.arm(name).orElse(null) : null;
  }

  private static OptionalDouble mean(@Nullable ArmRuns arm, Measure measure) {
    return arm == null || arm.arm().isFlat() ? OptionalDouble.empty() : arm.mean(measure);
  }
}
