package org.whisker.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.explain.ComparedModel.ModelMaps;
import org.whisker.image.Canvas;
import org.whisker.position.DensityProfile;
import org.whisker.position.ProbeProfile;
import org.whisker.position.RingRange;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/** The maps of a model, each as CSV and NPY, and their profiles from the border inwards. */
public final class ModelMapFiles {
  private ModelMapFiles() {}

  /** Writes the maps and profiles into {@code folder}, which is created if missing. */
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
      DensityProfile.DensityBin.TABLE.writeIn(folder, maps.density().get().bins());
    }
    ProbeProfile.ProbeBin.TABLE.writeIn(folder, maps.probeProfile().bins());
    ProbeSummaryRow.TABLE.writeIn(
        folder, List.of(ProbeSummaryRow.of(maps.model(), maps.probeProfile())));
    GradientProfileRow.TABLE.writeIn(folder, GradientProfileRow.of(maps.gradientProfile()));
  }

  /**
   * A row of {@value #FILE}: the gradient at the white image, averaged over one bin of edge ranks.
   */
  public record GradientProfileRow(
      @Column(meaning = "range of the bin") RingRange where,
      @Column(
              unit = "logit",
              meaning =
                  "mean over pixels of the absolute derivative of the logit against the target "
                      + "with respect to the gray value (0 to 1), in logits per gray value")
          double meanAbsoluteGradient,
      @Column(
              meaning =
                  "this mean relative to the mean over the canvas; empty when the " + "latter is 0")
          OptionalDouble relative) {
    public static final String FILE = "gradient_profile.csv";
    public static final Table<GradientProfileRow> TABLE = Table.of(GradientProfileRow.class, FILE);

    /** One row per bin, from the border inwards. */
    public static List<GradientProfileRow> of(SaliencyProfile profile) {
      return profile.bins().stream()
          .map(
              bin ->
                  new GradientProfileRow(
                      RingRange.of(bin.where()), bin.meanAbsolute(), bin.relative()))
          .toList();
    }
  }

  /**
   * The row of {@value #FILE}: the effect of one black pixel on white, summarised over all places.
   */
  public record ProbeSummaryRow(
      String model,
      @Column(
              unit = "share",
              meaning = "share of the places where the change is towards the target")
          double helping,
      @Column(
              unit = "share",
              meaning =
                  "share of the places where the absolute change of the logit is below " + "λ")
          double nearNeutral,
      @Column(unit = "nat", meaning = "the penalty per black pixel, in logits") double lambda,
      @Column(
              meaning =
                  "Spearman's correlation of the edge rank and the change; empty where "
                      + "it is undefined")
          OptionalDouble rho,
      @Column(
              unit = "probability",
              meaning = "p-value of the correlation, from toroidal shifts of the map")
          OptionalDouble rhoP) {
    public static final String FILE = "probe_summary.csv";
    public static final Table<ProbeSummaryRow> TABLE = Table.of(ProbeSummaryRow.class, FILE);

    public static ProbeSummaryRow of(String model, ProbeProfile profile) {
      return new ProbeSummaryRow(
          model,
          profile.helping(),
          profile.nearNeutral(),
          profile.lambda(),
          OptionalNumber.of(profile.byEdgeRank(), TestResult::statistic),
          OptionalNumber.of(profile.byEdgeRank(), TestResult::p));
    }
  }
}
