package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.FolderChart;
import org.whisker.chart.kit.FolderManifest;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.table.boundary.RobustnessRow;
import org.whisker.table.boundary.RobustnessSummaryRow;

/**
 * {@code robustness.png} of {@code robustness.csv} and its summary: a strip a group, an arm a
 * change, a dot an image by its mean over the draws.
 */
public final class RobustnessChart implements FolderChart {
  private static final double BOUNDARY = 0.5;
  private static final int ACROSS = 3;

  @Override
  public void draw(Path folder) throws IOException {
    Path images = folder.resolve(RobustnessRow.FILE);
    Path summary = folder.resolve(RobustnessSummaryRow.FILE);
    if (!RobustnessRow.TABLE.isIn(images) || !RobustnessSummaryRow.TABLE.isIn(summary)) {
      return;
    }
    String model = FolderManifest.text(folder, "/model/name");
    Iterator<RobustnessRow> scored = RobustnessRow.TABLE.read(images).iterator();
    List<Drawing> strips = new ArrayList<>();
    for (List<RobustnessSummaryRow> group : groups(RobustnessSummaryRow.TABLE.read(summary))) {
      strips.add(strip(model + ": " + group.get(0).group(), arms(group, scored)));
    }
    Row.lines(ACROSS, 20, 14, strips).writePng(folder.resolve("robustness.png"));
  }

  /** Groups may share a name: each begins with the same change. */
  private static List<List<RobustnessSummaryRow>> groups(List<RobustnessSummaryRow> rows) {
    List<List<RobustnessSummaryRow>> groups = new ArrayList<>();
    for (RobustnessSummaryRow row : rows) {
      if (row.change().equals(rows.get(0).change())) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(row);
    }
    return groups;
  }

  /**
   * The arms of a group.
   *
   * @param scored at its first row: image by image, change by change
   */
  private static List<Arm> arms(List<RobustnessSummaryRow> group, Iterator<RobustnessRow> scored)
      throws IOException {
    double[][] means = new double[group.size()][group.get(0).images()];
    for (int image = 0; image < group.get(0).images(); image++) {
      for (int change = 0; change < means.length; change++) {
        means[change][image] = mean(group.get(change).draws(), scored);
      }
    }
    return IntStream.range(0, means.length).mapToObj(c -> arm(group.get(c), means[c])).toList();
  }

  private static double mean(int draws, Iterator<RobustnessRow> scored) throws IOException {
    double[] drawn = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      if (!scored.hasNext()) {
        throw new IOException(
            RobustnessRow.FILE + " has fewer rows than " + RobustnessSummaryRow.FILE + " counts");
      }
      drawn[draw] = scored.next().pCat();
    }
    return Arrays.stream(drawn).average().orElseThrow();
  }

  private static Arm arm(RobustnessSummaryRow row, double[] images) {
    double mean = row.meanPCat();
    return new Arm(
        row.change() + (row.draws() > 1 ? ", mean of " + row.draws() : ""),
        images,
        mean,
        row.low().orElse(mean),
        row.high().orElse(mean));
  }

  private static Drawing strip(String title, List<Arm> arms) {
    String legend = StripPlot.legend("images", "95 % interval", "the boundary, ½");
    return new StripPlot(title, "p(cat)", arms, BOUNDARY, legend, true);
  }
}
