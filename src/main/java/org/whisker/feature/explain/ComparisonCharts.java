package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.ablation.result.ArmRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ProfileRow;
import org.whisker.feature.explain.FamiliesSection.ProfilePlot;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.io.Contained;

/**
 * {@code runs} and {@code profiles} of a comparison of models, each quantity on a common scale. The
 * dots are the runs of the models' control arms, read from the sibling folders; means and intervals
 * are those of {@value MeasureRow#FILE}.
 */
public final class ComparisonCharts implements FolderChart {
  private static final int GAP = 12;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (MeasureRow.TABLE.isIn(folder.resolve(MeasureRow.FILE))) {
      List<Drawing> strips = strips(folder);
      if (!strips.isEmpty()) {
        files.write(folder, "runs", new Row(strips, GAP, true));
      }
    }
    if (ProfileRow.TABLE.isIn(folder.resolve(ProfileRow.FILE))) {
      List<Drawing> profiles =
          ProfilePlot.all(ProfileRow.TABLE.read(folder.resolve(ProfileRow.FILE))).stream()
              .map(ProfilePlot::drawing)
              .toList();
      if (!profiles.isEmpty()) {
        files.write(folder, "profiles", Row.across(GAP, profiles));
      }
    }
  }

  /** The quantities shown: edge index, p(target) and number of pixels. */
  private static List<Drawing> strips(Path folder) throws IOException {
    List<Drawing> strips = new ArrayList<>();
    strip(
            arms(folder, "edge index", ArmRow::edgeIndex),
            "Where the pixels lie",
            "edge index E (below ½: nearer the edge)",
            0.5,
            "chance")
        .ifPresent(strips::add);
    strip(
            arms(folder, "p(target)", ArmRow::catProbability),
            "p(target) reached by the search",
            "p(target) of the final image",
            0.5,
            "threshold for the target")
        .ifPresent(strips::add);
    strip(
            arms(folder, "black pixels", ArmRow::pixels),
            "Number of pixels",
            "black pixels of the final image",
            0,
            "white")
        .ifPresent(strips::add);
    return strips;
  }

  private static Optional<Drawing> strip(
      List<Arm> arms, String title, String label, double reference, String referenceName) {
    return arms.isEmpty()
        ? Optional.empty()
        : Optional.of(new StripPlot(title, label, arms, reference, referenceName, "95 % interval"));
  }

  /** The models that have this quantity and their own runs. */
  private static List<Arm> arms(
      Path folder, String quantity, Function<ArmRow, OptionalDouble> value) throws IOException {
    List<Arm> arms = new ArrayList<>();
    Path beside = Objects.requireNonNullElse(folder.toAbsolutePath().getParent(), folder);
    for (MeasureRow row : MeasureRow.TABLE.read(folder.resolve(MeasureRow.FILE))) {
      if (row.measure().equals(quantity)) {
        Path control = new Contained(beside).resolve(row.model()).resolve(Hypotheses.CONTROL);
        double[] runs = ArmRow.values(ArmRow.ofControl(ArmRow.TABLE.readIn(control)), value);
        if (runs.length > 0) {
          arms.add(arm(row, runs));
        }
      }
    }
    return arms;
  }

  private static Arm arm(MeasureRow row, double[] runs) {
    double mean = row.value();
    return new Arm(
        row.model(),
        runs,
        mean,
        Math.min(mean, row.ciLow().orElse(mean)),
        Math.max(mean, row.ciHigh().orElse(mean)));
  }
}
