package org.whisker.feature.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.LaneMark.Note;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.feature.position.DosePlot;
import org.whisker.image.Canvas;
import org.whisker.io.Manifest;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.table.MapFiles;
import org.whisker.table.MapFiles.StoredMap;

/**
 * The charts of a diagnosis: {@code causes.png}, {@code layers.png}, {@code shifts.png}, {@code
 * own-maps.png}, {@code class-maps.png}, {@code places.png} and {@code dose.png}.
 */
public final class DiagnosisCharts implements FolderChart {
  private static final double LEAST = 0.01;
  private static final double MOST = 20;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!Manifest.text(folder, "/command").equals(DiagnoseJob.COMMAND)) {
      return;
    }
    List<CauseRow> causes = CauseRow.TABLE.readIn(folder);
    if (!causes.isEmpty()) {
      files.write(folder, "causes", causes(causes));
    }
    files.write(folder, "layers", layers(folder));
    files.write(folder, "shifts", shifts(folder));
    files.write(folder, "own-maps", maps(folder));
    files.write(folder, "class-maps", classMaps(folder));
    files.write(folder, "places", places(folder));
    files.write(folder, "dose", dose(folder));
  }

  /** Draws each effect as a multiple of its threshold. */
  static Drawing causes(List<CauseRow> causes) {
    List<LaneRow> rows = new ArrayList<>();
    for (CauseRow cause : causes) {
      rows.add(
          new LaneRow(
              cause.cause(),
              cause.verdict(),
              List.of(
                  cause.estimate().isPresent()
                      ? LaneRow.Lane.of(
                          new IntervalMark(
                              multiple(cause.ciLow().orElseThrow(), cause),
                              multiple(cause.estimate().orElseThrow(), cause),
                              multiple(cause.ciHigh().orElseThrow(), cause),
                              Ink.series(cause.isFound() ? 1 : 0),
                              IntervalMark.Shape.DISC))
                      : LaneRow.Lane.of(new Note("not tested", Ink.series(0))))));
    }
    ValueAxis axis =
        ValueAxis.logarithmic("effect / threshold (1: the threshold)", LEAST, MOST)
            .withReference(1, 0);
    return new Lanes(
        "Effects of the causes",
        List.of(),
        List.of(Lanes.Block.of(axis, rows)),
        List.of("disc: estimate;  line: its 95 % interval;  dashed: the threshold of a cause"));
  }

  private static double multiple(double value, CauseRow cause) {
    return Math.min(MOST, Math.max(LEAST, value / cause.threshold()));
  }

  /** The effect of each layer's padding, and of each side. */
  static Optional<Drawing> layers(Path folder) throws IOException {
    List<LayerPaddingRow> all = LayerPaddingRow.TABLE.readIn(folder);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    double most = all.stream().mapToDouble(LayerPaddingRow::ciHigh).max().orElse(0);
    List<LaneRow> rows =
        all.stream()
            .map(
                row ->
                    new LaneRow(
                        row.layer(),
                        row.side().equals(LayerPaddingRow.ALL_SIDES) ? "" : row.side(),
                        List.of(
                            LaneRow.Lane.of(
                                new IntervalMark(
                                    row.ciLow(),
                                    row.effect(),
                                    row.ciHigh(),
                                    Ink.series(0),
                                    IntervalMark.Shape.DISC)))))
            .toList();
    ValueAxis axis =
        ValueAxis.linear("effect of the padding / sd over pictures", 0, Math.max(0.1, most));
    return Optional.of(
        new Lanes(
            "Padding by layer and side",
            List.of(),
            List.of(Lanes.Block.of(axis, rows)),
            List.of("disc: estimate;  line: its 95 % interval over pictures")));
  }

  /** The loss by shifts. */
  static Optional<Drawing> shifts(Path folder) throws IOException {
    List<ShiftRow> all = ShiftRow.TABLE.readIn(folder);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Line> lines = new ArrayList<>();
    for (String network : List.of(ShiftRow.OWN, ShiftRow.TORUS)) {
      List<ShiftRow> own = all.stream().filter(row -> row.network().equals(network)).toList();
      if (!own.isEmpty()) {
        lines.add(
            new Line(
                network,
                own.stream().mapToDouble(ShiftRow::shift).toArray(),
                own.stream().mapToDouble(ShiftRow::change).toArray(),
                new Band(
                    own.stream().mapToDouble(ShiftRow::ciLow).toArray(),
                    own.stream().mapToDouble(ShiftRow::ciHigh).toArray())));
      }
    }
    XyPlot plot =
        new XyPlot(
            "Change of the logit by a shift",
            "shift to the right and down in px" + stride(all),
            "change / difference between pictures");
    double most = all.stream().mapToDouble(ShiftRow::shift).max().orElseThrow();
    plot.reference("another picture", 1, 1, most, 1);
    for (int i = 0; i < lines.size(); i++) {
      plot.line(lines.get(i), Ink.series(i), true);
    }
    plot.yFromZero();
    return Optional.of(plot);
  }

  /** The shift of phase 0, at which the strides have their samples back. */
  private static String stride(List<ShiftRow> rows) {
    return rows.stream()
        .filter(row -> row.phase().equals(OptionalInt.of(0)))
        .mapToInt(ShiftRow::shift)
        .min()
        .stream()
        .mapToObj(stride -> "; phase 0 again at " + stride)
        .collect(Collectors.joining());
  }

  /** Mean maps in place, moved, and of noise, on one scale. */
  static Optional<HeatmapRow> maps(Path folder) throws IOException {
    return row(
        folder,
        List.of("map-in-place", "map-moved", "map-noise"),
        List.of("Pictures in place", "Rolled and mirrored", "Noise"));
  }

  /** Mean maps of the photos of each folder, on one scale. */
  static Optional<HeatmapRow> classMaps(Path folder) throws IOException {
    List<ClassMapRow> rows = ClassMapRow.TABLE.readIn(folder);
    return rows.isEmpty()
        ? Optional.empty()
        : row(
            folder,
            IntStream.range(0, rows.size()).mapToObj(ClassMapRow::map).toList(),
            rows.stream().map(ClassMapRow::group).toList());
  }

  private static Optional<HeatmapRow> row(Path folder, List<String> names, List<String> titles)
      throws IOException {
    List<HeatmapFigure> figures = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    List<Canvas> canvases = new ArrayList<>();
    for (String name : names) {
      Optional<StoredMap> map = StoredMap.read(folder, name);
      if (map.isEmpty()) {
        return Optional.empty();
      }
      values.add(MapFiles.floats(map.get().values()));
      canvases.add(map.get().canvas());
    }
    Scale scale = Scale.covering("|derivative| / its mean", values.toArray(float[][]::new));
    for (int i = 0; i < names.size(); i++) {
      figures.add(
          HeatmapFigure.of(
              titles.get(i), canvases.get(i), values.get(i), scale, ColorMap.MAGNITUDE));
    }
    return Optional.of(new HeatmapRow(figures));
  }

  /** What it costs to hide a block. */
  static Optional<HeatmapFigure> places(Path folder) throws IOException {
    List<PlaceRow> rows = PlaceRow.TABLE.readIn(folder);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int width = rows.stream().mapToInt(row -> row.left() + row.width()).max().orElseThrow();
    int height = rows.stream().mapToInt(row -> row.top() + row.height()).max().orElseThrow();
    Canvas canvas = new Canvas(width, height);
    float[] values = new float[canvas.pixels()];
    for (PlaceRow row : rows) {
      for (int y = row.top(); y < row.top() + row.height(); y++) {
        for (int x = row.left(); x < row.left() + row.width(); x++) {
          values[canvas.index(x, y)] = (float) row.change();
        }
      }
    }
    return Optional.of(
        HeatmapFigure.of(
            "Hiding a block, by its place",
            canvas,
            values,
            Scale.symmetricCovering(
                "Δlogit against the target, less the mean of all blocks", values),
            ColorMap.LOGIT));
  }

  /** What black pixels cost on white. */
  static Optional<Drawing> dose(Path folder) throws IOException {
    List<DoseRow> rows = DoseRow.TABLE.readIn(folder);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(DosePlot.all(rows, Manifest.text(folder, "/model/name")));
  }
}
