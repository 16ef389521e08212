package org.whisker.feature.boundary;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.boundary.Margin;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.lane.LaneMark;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.io.Manifest;

/** {@code margins.png} of {@code margins.csv} and its summary. */
public final class MarginChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path margins = folder.resolve(Margin.OfImage.FILE);
    Path summary = folder.resolve(Margin.Summary.FILE);
    if (!Margin.OfImage.TABLE.isIn(margins) || !Margin.Summary.TABLE.isIn(summary)) {
      return;
    }
    List<Margin.OfImage> rows = Margin.OfImage.TABLE.read(margins);
    files.write(
        folder,
        "margins",
        new MarginPlot(
            "Margins of " + Manifest.text(folder, "/model/name"),
            rows,
            Margin.Summary.TABLE.read(summary),
            maxFlips(folder, rows)));
  }

  private static int maxFlips(Path folder, List<Margin.OfImage> rows) throws IOException {
    String most = Manifest.text(folder, "/max_flips");
    return most.isEmpty()
        ? rows.stream().mapToInt(row -> row.margin().flips().orElse(1)).max().orElse(1)
        : Integer.parseInt(most);
  }

  /**
   * Number of flips to the boundary on a logarithmic axis, one row per set of images: the numbers
   * found as dots above, the linear estimates as circles below, medians as bars. Images on which
   * the search gave up are counted in a separate field at the right.
   *
   * @param margins the images
   * @param sets their groups and sides, one row of the chart per entry
   * @param maxFlips number of flips at which the search gave up
   */
  record MarginPlot(
      String title, List<Margin.OfImage> margins, List<Margin.Summary> sets, int maxFlips)
      implements Composed {
    /** Leaves room for the dots at 1; an image exactly on the boundary has 0 linear flips. */
    private static final double LEAST = 0.8;

    private static final double ROOM = 1.1;

    @Override
    public Drawing drawing() {
      List<LaneRow> rows = new ArrayList<>();
      for (Margin.Summary set : sets) {
        rows.add(row(set, Ink.series(rows.size())));
      }
      return new Lanes(
          title,
          List.of(),
          List.of(Lanes.Block.of(axis(), rows)),
          List.of(
              "dots: found by a greedy search of at most " + maxFlips + ", an upper bound",
              "circles: estimate if the logit were linear;  bars: medians"));
    }

    private ValueAxis axis() {
      double most = maxFlips;
      for (Margin.OfImage margin : margins) {
        most = Math.max(most, margin.margin().linearFlips().orElse(1));
      }
      return ValueAxis.logarithmic("pixels flipped to cross p(target) = ½", LEAST, ROOM * most)
          .withBeyond("not reached");
    }

    private LaneRow row(Margin.Summary set, Color color) {
      List<Margin.OfImage> images =
          margins.stream().filter(margin -> margin.set().equals(set.images())).toList();
      return new LaneRow(
          set.images(),
          set.count() + (set.count() == 1 ? " image" : " images"),
          List.of(
              lane(images, Margin::flips, set.medianFlips(), color, true),
              lane(images, Margin::linearFlips, set.medianLinearFlips(), color, false)));
    }

    private static LaneRow.Lane lane(
        List<Margin.OfImage> images,
        Function<Margin, OptionalInt> count,
        OptionalDouble median,
        Color color,
        boolean filled) {
      List<Double> reached =
          images.stream()
              .flatMap(image -> count.apply(image.margin()).stream().boxed())
              .map(Integer::doubleValue)
              .toList();
      List<Integer> lines = IntStream.range(0, reached.size()).boxed().toList();
      List<LaneMark> marks = new ArrayList<>();
      marks.add(new LaneMark.Dots(reached, lines, color, filled));
      median.stream().forEach(value -> marks.add(new LaneMark.Upright(value)));
      if (reached.size() < images.size()) {
        int beyond = images.size() - reached.size();
        marks.add(new LaneMark.Beyond(beyond + " of " + images.size()));
      }
      return new LaneRow.Lane(marks, "", color);
    }
  }
}
