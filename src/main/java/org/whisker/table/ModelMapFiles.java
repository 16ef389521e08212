package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.explain.ModelMaps;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBin;
import org.whisker.io.CsvWriter;
import org.whisker.position.DensityProfile;
import org.whisker.position.ProbeProfile;
import org.whisker.saliency.SaliencyProfile;

/** The maps of a model, each as CSV and NPY, and their profiles from the border inwards. */
public final class ModelMapFiles {
  private static final List<String> BIN = List.of("u_from", "u_to", "px_nearest", "px_farthest");
  private static final List<String> SUMMARY =
      List.of("model", "helping", "near_neutral", "lambda", "rho", "rho_p");

  private ModelMapFiles() {}

  /** Writes them. */
  public static void write(Path folder, ModelMaps maps) throws IOException {
    Files.createDirectories(folder);
    Canvas canvas = maps.probe().delta().canvas();
    MapFiles.write(
        folder.resolve("frequency"), canvas, maps.heatmap().frequency().values(), "share_of_runs");
    if (maps.heatmap().density().isPresent()) {
      double[] density = maps.heatmap().density().get().values();
      MapFiles.write(folder.resolve("density"), canvas, density, "relative_density");
    }
    MapFiles.write(folder.resolve("probe"), canvas, maps.probe().delta().values(), "delta_logit");
    double[] gradient = MapFiles.doubles(maps.gradient().values());
    MapFiles.write(folder.resolve("gradient"), canvas, gradient, "logits_per_step");
    profiles(folder, maps);
  }

  private static void profiles(Path folder, ModelMaps maps) throws IOException {
    if (maps.density().isPresent()) {
      density(folder.resolve("density_profile.csv"), maps.density().get());
    }
    probe(folder.resolve("probe_profile.csv"), maps.probeProfile());
    summary(folder.resolve("probe_summary.csv"), maps.model(), maps.probeProfile());
    gradient(folder.resolve("gradient_profile.csv"), maps.gradientProfile());
  }

  private static List<String> header(String... columns) {
    return Stream.concat(BIN.stream(), Stream.of(columns)).toList();
  }

  private static void density(Path file, DensityProfile profile) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, header("density", "ci_low", "ci_high"))) {
      for (DensityProfile.Bin bin : profile.bins()) {
        EdgeBin w = bin.where();
        csv.row(
            w.from(), w.to(), w.nearest(), w.farthest(), bin.density(), bin.ciLow(), bin.ciHigh());
      }
      csv.finish();
    }
  }

  private static void probe(Path file, ProbeProfile profile) throws IOException {
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

  private static void summary(Path file, String model, ProbeProfile profile) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, SUMMARY)) {
      csv.row(
          model,
          profile.helping(),
          profile.nearNeutral(),
          profile.lambda(),
          profile.byEdgeRank().map(test -> (Object) test.statistic()).orElse(""),
          profile.byEdgeRank().map(test -> (Object) test.p()).orElse(""));
      csv.finish();
    }
  }

  private static void gradient(Path file, SaliencyProfile profile) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, header("mean_absolute_gradient", "relative"))) {
      for (SaliencyProfile.Bin bin : profile.bins()) {
        EdgeBin w = bin.where();
        csv.row(w.from(), w.to(), w.nearest(), w.farthest(), bin.meanAbsolute(), bin.relative());
      }
      csv.finish();
    }
  }
}
