package org.whisker.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.whisker.ablation.PaddingSwap;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.explain.Explanation;
import org.whisker.explain.Finding;
import org.whisker.explain.ModelFindings;
import org.whisker.image.EdgeBin;
import org.whisker.position.DensityProfile;
import org.whisker.position.EdgeBias;
import org.whisker.position.ProbeProfile;
import org.whisker.saliency.SaliencyProfile;

/** Everything that an explanation measured, as CSV and NPY below the report's folder. */
public final class ExplanationFiles {
  private static final List<String> BIN = List.of("u_from", "u_to", "px_nearest", "px_farthest");
  private static final List<String> BIAS =
      List.of("scope", "edge_index", "ci_low", "ci_high", "p_value", "runs", "white_runs");

  private ExplanationFiles() {}

  /** Writes what belongs to one model into {@code folder/MODEL/}. */
  public static void model(Path folder, ModelFindings m) throws IOException {
    Path own = Files.createDirectories(folder.resolve(m.model().name()));
    EvolutionFiles.summary(own.resolve("runs.csv"), m.runs());
    for (int i = 0; i < m.runs().size(); i++) {
      Path run = own.resolve("runs").resolve(Integer.toString(i + 1));
      EvolutionFiles.best(run, m.runs().get(i).best().genome());
      generations(run.resolve("generations.csv"), m.histories().get(i));
    }
    maps(own, m);
    if (m.positions().isPresent()) {
      densityProfile(own.resolve("density_profile.csv"), m.positions().get().profile());
    }
    probeProfile(own.resolve("probe_profile.csv"), m.probeProfile());
    gradientProfile(own.resolve("gradient_profile.csv"), m.gradientProfile());
    if (m.padding().isPresent()) {
      padding(own.resolve("padding.csv"), m.runs(), m.padding().get());
    }
  }

  private static void generations(Path file, List<GenerationStats> history) throws IOException {
    try (CsvWriter csv = EvolutionFiles.generations(file)) {
      for (GenerationStats stats : history) {
        EvolutionFiles.row(csv, stats);
      }
      csv.finish();
    }
  }

  private static void maps(Path own, ModelFindings m) throws IOException {
    MapFiles.write(
        own.resolve("frequency"), m.canvas(), m.heatmap().frequency().values(), "share_of_runs");
    if (m.heatmap().density().isPresent()) {
      double[] density = m.heatmap().density().get().values();
      MapFiles.write(own.resolve("density"), m.canvas(), density, "relative_density");
    }
    MapFiles.write(own.resolve("probe"), m.canvas(), m.probe().delta().values(), "delta_logit");
    double[] gradient = MapFiles.doubles(m.gradient().values());
    MapFiles.write(own.resolve("gradient"), m.canvas(), gradient, "logits_per_step");
  }

  private static List<String> header(String... columns) {
    return java.util.stream.Stream.concat(BIN.stream(), java.util.Arrays.stream(columns)).toList();
  }

  private static void densityProfile(Path file, DensityProfile profile) throws IOException {
    List<String> header = header("density", "ci_low", "ci_high");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (DensityProfile.Bin bin : profile.bins()) {
        EdgeBin w = bin.where();
        csv.row(
            w.from(), w.to(), w.nearest(), w.farthest(), bin.density(), bin.ciLow(), bin.ciHigh());
      }
      csv.finish();
    }
  }

  private static void probeProfile(Path file, ProbeProfile profile) throws IOException {
    List<String> header = header("mean_delta_logit", "share_helping", "share_near_neutral");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (ProbeProfile.Bin bin : profile.bins()) {
        EdgeBin w = bin.where();
        csv.row(
            w.from(),
            w.to(),
            w.nearest(),
            w.farthest(),
            bin.meanDelta(),
            bin.helping(),
            bin.nearNeutral());
      }
      csv.finish();
    }
  }

  private static void gradientProfile(Path file, SaliencyProfile profile) throws IOException {
    List<String> header = header("mean_absolute_gradient", "relative");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (SaliencyProfile.Bin bin : profile.bins()) {
        EdgeBin w = bin.where();
        csv.row(w.from(), w.to(), w.nearest(), w.farthest(), bin.meanAbsolute(), bin.relative());
      }
      csv.finish();
    }
  }

  private static void padding(Path file, List<RunResult> control, PaddingSwap swap)
      throws IOException {
    List<String> header =
        List.of(
            "seed",
            "padding",
            "edge_index",
            "p_cat",
            "black_pixels",
            "generations",
            "evaluations",
            "logit_of_control_image");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (int i = 0; i < control.size(); i++) {
        row(csv, swap.from(), control.get(i), control.get(i).best().logit());
        row(csv, swap.to(), swap.runs().get(i), swap.transferred().get(i));
      }
      csv.finish();
    }
  }

  private static void row(CsvWriter csv, String padding, RunResult run, float transferred)
      throws IOException {
    csv.row(
        run.seed(),
        padding,
        run.edgeIndex(),
        run.catProbability(),
        run.blackPixels(),
        run.generations(),
        run.evaluations(),
        transferred);
  }

  /** Writes what belongs to all models: verdicts, edge index, the operators' control. */
  public static void shared(Path folder, Explanation e) throws IOException {
    edgeIndex(folder.resolve("edge_index.csv"), e);
    arms(folder.resolve("arms.csv"), e);
    findings(folder.resolve("findings.csv"), e.findings());
    try (CsvWriter csv =
        CsvWriter.create(folder.resolve("operators.csv"), List.of("run", "edge_index"))) {
      for (int i = 0; i < e.operators().edgeIndices().size(); i++) {
        csv.row(i + 1, e.operators().edgeIndices().get(i));
      }
      csv.finish();
    }
  }

  /** Every run's edge index, as the page draws them; an empty cell is a white image. */
  private static void arms(Path file, Explanation e) throws IOException {
    try (CsvWriter csv =
        CsvWriter.create(file, List.of("model", "padding", "seed", "edge_index"))) {
      for (ModelFindings m : e.models()) {
        for (RunResult run : m.runs()) {
          csv.row(m.model().name(), m.model().padding(), run.seed(), run.edgeIndex());
        }
        for (RunResult run : m.padding().map(PaddingSwap::runs).orElse(List.of())) {
          String padding = m.padding().orElseThrow().to();
          csv.row(m.model().name(), padding, run.seed(), run.edgeIndex());
        }
      }
      csv.finish();
    }
  }

  private static void edgeIndex(Path file, Explanation e) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, BIAS)) {
      for (ModelFindings m : e.models()) {
        if (m.positions().isPresent()) {
          bias(csv, m.model().name(), m.positions().get().bias());
        }
      }
      if (e.pooled().isPresent()) {
        bias(csv, "all", e.pooled().get());
      }
      csv.finish();
    }
  }

  private static void bias(CsvWriter csv, String scope, EdgeBias b) throws IOException {
    csv.row(scope, b.edgeIndex(), b.ciLow(), b.ciHigh(), b.pValue(), b.runs(), b.whiteRuns());
  }

  private static void findings(Path file, List<Finding> findings) throws IOException {
    List<String> header =
        List.of(
            "hypothesis",
            "scope",
            "quantity",
            "effect",
            "ci_low",
            "ci_high",
            "p_value",
            "p_corrected",
            "verdict",
            "share_removed",
            "runs_needed",
            "sentence");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (Finding f : findings) {
        csv.row(
            f.hypothesis().id(),
            f.scope(),
            f.quantity().label(),
            f.effect(),
            f.low(),
            f.high(),
            f.p(),
            f.pCorrected(),
            f.verdict().name().toLowerCase(Locale.ROOT),
            f.shareRemoved(),
            f.runsNeeded(),
            f.sentence());
      }
      csv.finish();
    }
  }
}
