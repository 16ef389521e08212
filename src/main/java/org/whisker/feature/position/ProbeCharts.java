package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.chart.kit.Scale;
import org.whisker.io.Manifest;
import org.whisker.io.ShownText;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.position.result.ProbeTables;
import org.whisker.table.MapFiles.StoredMap;
import org.whisker.value.Text;

/**
 * The charts of a probe, for each mode: {@code probe.png}, {@code predicted.png} and both side by
 * side as {@code maps.png}, on a common scale, logarithmic on both sides of 0; a scatter plot of
 * one against the other; and profiles of both from the border inwards. Or {@code dose.png}, see
 * {@link DosePlot}. Places at which the image does not change are hatched in gray.
 */
public final class ProbeCharts implements FolderChart {
  private static final String UNIT = "Δlogit against the target; below 0 is towards the target";
  private static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    doses(folder, files);
    Path summary = folder.resolve(ProbeTables.ModeRow.FILE);
    Path profile = folder.resolve(ProbeTables.RingRow.FILE);
    if (!ProbeTables.ModeRow.TABLE.isIn(summary) || !ProbeTables.RingRow.TABLE.isIn(profile)) {
      return;
    }
    List<ProbeTables.RingRow> rings = ProbeTables.RingRow.TABLE.read(profile);
    for (ProbeTables.ModeRow mode : ProbeTables.ModeRow.TABLE.read(summary)) {
      Optional<StoredMap> measured = read(folder, ProbeTables.PROBE, mode);
      Optional<StoredMap> predicted = read(folder, ProbeTables.PREDICTED, mode);
      if (measured.isPresent() && predicted.isPresent()) {
        maps(folder, files, mode, measured.get(), predicted.get());
      }
      files.write(
          folder,
          file("profile", mode),
          told(
              folder,
              profile(
                  mode, rings.stream().filter(ring -> ring.mode().equals(mode.mode())).toList())));
    }
  }

  /** {@code dose} of a probe that adds numbers of pixels; an experiment has its own chart. */
  private static void doses(Path folder, ChartFiles files) throws IOException {
    List<DoseRow> rows = DoseRow.TABLE.readIn(folder);
    if (!rows.isEmpty() && Manifest.text(folder, "/command").equals(ProbeJob.COMMAND)) {
      files.write(folder, "dose", DosePlot.all(rows, Manifest.text(folder, "/model/name")));
    }
  }

  private static Optional<StoredMap> read(Path folder, String what, ProbeTables.ModeRow mode)
      throws IOException {
    return StoredMap.read(folder, ProbeTables.name(what, mode.adds()));
  }

  private static String file(String what, ProbeTables.ModeRow mode) {
    return ProbeTables.name(what, mode.adds());
  }

  private static void maps(
      Path folder, ChartFiles files, ProbeTables.ModeRow mode, StoredMap probe, StoredMap gradient)
      throws IOException {
    int[] changed = changed(mode, probe.values(), gradient.values());
    float[] measured = shown(changed, probe.values());
    float[] predicted = shown(changed, gradient.values());
    Scale tight = Scale.symmetricCovering(UNIT, measured, predicted).symmetricLog();
    HeatmapFigure left = map(what(mode) + ", measured", probe, measured, tight);
    HeatmapFigure right = map("Predicted by the gradient", gradient, predicted, tight);
    files.write(folder, file(ProbeTables.PROBE, mode), left);
    files.write(folder, file(ProbeTables.PREDICTED, mode), right);
    files.write(folder, file("maps", mode), told(folder, new HeatmapRow(List.of(left, right))));
    files.write(
        folder,
        file("scatter", mode),
        told(folder, scatter(mode, of(changed, gradient.values()), of(changed, probe.values()))));
  }

  /** The places at which the change alters the image; elsewhere both maps are 0. */
  private static int[] changed(ProbeTables.ModeRow mode, double[] measured, double[] predicted) {
    return IntStream.range(0, measured.length)
        .filter(i -> mode.places() == measured.length || measured[i] != 0 || predicted[i] != 0)
        .toArray();
  }

  private static HeatmapFigure map(String title, StoredMap map, float[] values, Scale scale) {
    return HeatmapFigure.of(title, map.canvas(), values, scale, ColorMap.LOGIT);
  }

  private static float[] shown(int[] changed, double[] values) {
    float[] shown = new float[values.length];
    Arrays.fill(shown, Float.NaN);
    for (int place : changed) {
      shown[place] = (float) values[place];
    }
    return shown;
  }

  private static double[] of(int[] places, double[] values) {
    return IntStream.of(places).mapToDouble(place -> values[place]).toArray();
  }

  private static Drawing scatter(ProbeTables.ModeRow mode, double[] predicted, double[] measured) {
    OptionalDouble rho = mode.spearmanPredicted();
    String fit =
        rho.isPresent()
            ? Text.of("ρ %.2f, slope %.2f", rho.getAsDouble(), mode.slope().orElseThrow())
            : "nothing to compare";
    return Charts.scatter(
        what(mode) + ": " + fit,
        "predicted Δlogit",
        "measured Δlogit",
        new Line("places", predicted, measured),
        "measured as predicted");
  }

  /** Adds the model and the image, which the titles don't name. */
  private static Drawing told(Path folder, Drawing drawing) throws IOException {
    String image = ShownText.shortPath(Manifest.text(folder, "/image"));
    return new Captioned(
        drawing, List.of(Manifest.text(folder, "/model/name") + ", image: " + image));
  }

  private static Drawing profile(ProbeTables.ModeRow mode, List<ProbeTables.RingRow> rings) {
    boolean spread = rings.stream().anyMatch(ring -> ring.lowerQuartile().isPresent());
    Drawing profile =
        Charts.profile(
            what(mode) + ", from the border inwards",
            EDGE_RANK,
            "mean Δlogit against the target",
            List.of(
                measured(rings),
                line("predicted by the gradient", rings, ProbeTables.RingRow::meanPredicted)),
            0,
            "no effect");
    return spread
        ? new Captioned(profile, List.of("band: the middle half of the places of each ring"))
        : profile;
  }

  private static Line measured(List<ProbeTables.RingRow> rings) {
    List<RankPoint> points =
        rings.stream()
            .map(
                ring ->
                    new RankPoint(
                        ring.where().uFrom(),
                        ring.where().uTo(),
                        ring.meanDeltaLogit(),
                        ring.lowerQuartile(),
                        ring.upperQuartile()))
            .toList();
    return RankPoint.line("measured", points, true, false)
        .orElseGet(() -> line("measured", rings, ProbeTables.RingRow::meanDeltaLogit));
  }

  private static Line line(
      String name,
      List<ProbeTables.RingRow> rings,
      Function<ProbeTables.RingRow, OptionalDouble> value) {
    return new Line(
        name,
        rings.stream().mapToDouble(ring -> ring.where().middle()).toArray(),
        rings.stream().mapToDouble(ring -> value.apply(ring).orElse(Double.NaN)).toArray());
  }

  private static String what(ProbeTables.ModeRow mode) {
    int block = mode.block();
    String size = block == 1 ? "One pixel" : block + "x" + block + " pixels";
    return size + (mode.adds() ? " made black" : " made white");
  }
}
