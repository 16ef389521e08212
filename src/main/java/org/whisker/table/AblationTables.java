package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.io.CsvWriter;
import org.whisker.stats.Estimate;
import org.whisker.stats.Verdict;

/** An experiment's runs and effects as CSV. */
public final class AblationTables {
  private static final List<String> ARMS =
      List.of(
          "arm",
          "variant",
          "view",
          "run",
          "seed",
          "ending",
          "success",
          "evaluations_to_target",
          "p_cat",
          "logit",
          "search_logit",
          "bare_p_cat",
          "black_pixels",
          "edge_index",
          "evaluations",
          "generations",
          "message");
  private static final List<String> EFFECT =
      List.of(
          "comparison",
          "against",
          "measure",
          "decisive",
          "predicted",
          "control_mean",
          "treated_mean",
          "difference",
          "ci_low",
          "ci_high",
          "p_value",
          "p_holm",
          "a12",
          "p_equivalence",
          "margin",
          "verdict",
          "runs_needed",
          "seeds",
          "dropped",
          "share_removed");

  private AblationTables() {}

  /** A row a run; where networks are trained, runs are counted on each. */
  public static void arms(Path file, AblationResult result) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, ARMS)) {
      for (ArmRuns arm : result.arms()) {
        for (int i = 0; i < arm.runs().size(); i++) {
          csv.row(cells(arm, i));
        }
      }
      csv.finish();
    }
  }

  private static @Nullable Object[] cells(ArmRuns arm, int i) {
    ArmRun run = arm.runs().get(i);
    List<@Nullable Object> cells = new ArrayList<>();
    AblationArm own = arm.arm().ofNetwork(i / arm.runsANetwork());
    cells.addAll(List.of(own.name(), own.variant().label(), own.view().label()));
    cells.addAll(
        List.of(i % arm.runsANetwork() + 1, run.seed(), run.ending(), run.succeeded() ? 1 : 0));
    ArmRun.@Nullable Outcome o = run.outcome().orElse(null);
    cells.add(o == null ? OptionalLong.empty() : o.toTarget());
    cells.add(run.catProbability());
    cells.add(o == null ? OptionalDouble.empty() : o.logit());
    cells.add(o == null ? OptionalDouble.empty() : o.searchLogit());
    cells.add(run.bareCatProbability());
    cells.add(o == null ? null : o.image().count());
    cells.add(run.edgeIndex());
    cells.add(o == null ? null : o.evaluations());
    cells.add(o == null ? null : o.generations());
    cells.add(run.message());
    return cells.toArray();
  }

  /** A row a comparison and measure. */
  public static void effects(Path file, AblationResult result) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, EFFECT)) {
      for (ArmEffect e : result.effects()) {
        Estimate delta = e.delta();
        csv.row(
            e.contrast().name(),
            e.contrast().against(),
            e.measure().label(),
            e.decisive() ? 1 : 0,
            lower(e.contrast().predicted()),
            e.control(),
            e.treated(),
            delta == null ? null : delta.value(),
            delta == null ? null : delta.interval().low(),
            delta == null ? null : delta.interval().high(),
            delta == null ? null : e.p(),
            delta == null ? null : e.pHolm(),
            e.a12(),
            e.pEquivalence(),
            e.measure().margin(),
            verdict(e),
            e.runsNeeded(),
            e.seeds(),
            e.dropped(),
            e.shareRemoved());
      }
      csv.finish();
    }
  }

  /** In small letters; empty where there is none. */
  public static String verdict(ArmEffect effect) {
    Verdict verdict = effect.verdict();
    return verdict == null || effect.delta() == null ? "" : lower(verdict);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
