package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.Removals;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.lane.LaneMark;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.io.Contained;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;

/**
 * Charts of {@code minimal.csv}: {@code minimal.png}, number of pixels by starting image; {@code
 * sets.png}, the smallest sets.
 */
public final class MinimalCharts implements FolderChart {
  private static final int ACROSS = 5;
  private static final int GAP = 18;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(MinimalSearch.Outcome.OfStart.FILE);
    if (!MinimalSearch.Outcome.OfStart.TABLE.isIn(table)) {
      return;
    }
    List<MinimalSearch.Outcome.OfStart> rows = MinimalSearch.Outcome.OfStart.TABLE.read(table);
    String title = "Smallest sets found, " + Manifest.text(folder, "/model/name");
    files.write(folder, "minimal", new MinimalPlot(title, rows));
    List<Drawing> strips = new ArrayList<>();
    for (List<MinimalSearch.Outcome.OfStart> sets :
        MinimalSearch.Outcome.OfStart.smallestFirst(rows).values()) {
      if (!sets.isEmpty()) {
        strips.add(strip(folder, sets));
      }
    }
    if (!strips.isEmpty()) {
      files.write(folder, "sets", new Row(strips, 2 * GAP, true));
    }
  }

  private static Drawing strip(Path folder, List<MinimalSearch.Outcome.OfStart> sets)
      throws IOException {
    List<Drawing> figures = new ArrayList<>();
    for (MinimalSearch.Outcome.OfStart row : sets) {
      figures.add(figure(folder, row));
    }
    return Row.lines(ACROSS, GAP, GAP, figures);
  }

  private static Drawing figure(Path folder, MinimalSearch.Outcome.OfStart row) throws IOException {
    int pixels = row.pixels().orElseThrow();
    String edge =
        row.edgeIndex().isPresent()
            ? ", E " + Decimals.fixed(row.edgeIndex().getAsDouble(), 3)
            : "";
    return PictureFigure.of(
        ImageFiles.read(new Contained(folder).resolve(row.set() + ".png"), PlanarImage.COLOURS),
        pixels + (pixels == 1 ? " pixel" : " pixels") + edge,
        "p(target) "
            + Decimals.fixed(row.pTarget().orElseThrow(), 4)
            + (row.target() == 0.5 ? " ≥ ½" : " ≥ " + Decimals.shortest(row.target())),
        "start: " + row.start(),
        row.oneMinimal() == Removals.OneMinimal.YES ? "1-minimal" : "not 1-minimal");
  }

  /**
   * Number of pixels of the smallest set found: one row per starting image, and one dot per target,
   * labelled with the number.
   */
  record MinimalPlot(String title, List<MinimalSearch.Outcome.OfStart> rows) implements Composed {
    private static final double ROOM = 1.05;
    private static final String AXIS = "black pixels of the set";
    private static final String NOTE = "each number is an upper bound: a smaller set may exist";

    @Override
    public Drawing drawing() {
      List<Double> targets =
          new ArrayList<>(
              new TreeSet<>(rows.stream().map(MinimalSearch.Outcome.OfStart::target).toList()));
      Map<String, List<LaneRow.Lane>> starts = new LinkedHashMap<>();
      for (MinimalSearch.Outcome.OfStart row : rows) {
        starts
            .computeIfAbsent(row.start(), start -> new ArrayList<>())
            .add(lane(row, targets.indexOf(row.target())));
      }
      List<LaneRow> lanes = new ArrayList<>();
      starts.forEach((start, each) -> lanes.add(new LaneRow(start, "", each)));
      return new Lanes(
          title,
          Keys.ofSeries(targets.stream().map(MinimalPlot::name).toList()),
          List.of(Lanes.Block.of(axis(), lanes)),
          List.of(NOTE));
    }

    private static String name(double target) {
      return "p(target) ≥ " + (target == 0.5 ? "½" : Decimals.shortest(target));
    }

    private ValueAxis axis() {
      int most = rows.stream().flatMapToInt(row -> row.pixels().stream()).max().orElse(1);
      return ValueAxis.linear(AXIS, 0, Math.max(1, ROOM * most));
    }

    private static LaneRow.Lane lane(MinimalSearch.Outcome.OfStart row, int target) {
      if (row.pixels().isEmpty()) {
        return LaneRow.Lane.of(new LaneMark.Note("not reached", Ink.series(target)));
      }
      int pixels = row.pixels().getAsInt();
      String number =
          pixels + (row.oneMinimal() == Removals.OneMinimal.YES ? "" : " (not 1-minimal)");
      return LaneRow.Lane.of(new LaneMark.Point(pixels, number, Ink.series(target)));
    }
  }
}
