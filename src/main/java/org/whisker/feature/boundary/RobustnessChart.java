package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Robustness;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.io.Manifest;

/**
 * {@code robustness.png} of {@code robustness.csv} and its summary: one strip plot per group, one
 * row per change, and one dot per image at its mean over the draws.
 */
public final class RobustnessChart implements FolderChart {
  private static final double BOUNDARY = 0.5;
  private static final int ACROSS = 3;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path images = folder.resolve(Robustness.Scored.FILE);
    Path summary = folder.resolve(Robustness.Summary.FILE);
    if (!Robustness.Scored.TABLE.isIn(images) || !Robustness.Summary.TABLE.isIn(summary)) {
      return;
    }
    String model = Manifest.text(folder, "/model/name");
    List<Drawing> strips = new ArrayList<>();
    for (Robustness.Group group :
        Robustness.Group.of(
            Robustness.Summary.TABLE.read(summary), Robustness.Scored.TABLE.read(images))) {
      strips.add(strip(model + ": " + group.name(), arms(group)));
    }
    files.write(folder, "robustness", Row.lines(ACROSS, 20, 14, strips));
  }

  private static List<Arm> arms(Robustness.Group group) {
    return IntStream.range(0, group.changes().size())
        .mapToObj(change -> arm(group.changes().get(change), group.catProbabilities(change)))
        .toList();
  }

  private static Arm arm(Robustness.Summary row, List<List<Double>> images) {
    double mean = row.meanPCat();
    return new Arm(
        row.change() + (row.draws() > 1 ? ", mean of " + row.draws() : ""),
        images.stream().mapToDouble(RobustnessChart::mean).toArray(),
        mean,
        row.low().orElse(mean),
        row.high().orElse(mean));
  }

  private static double mean(List<Double> draws) {
    return draws.stream().mapToDouble(p -> p).average().orElseThrow();
  }

  private static Drawing strip(String title, List<Arm> arms) {
    String legend = StripPlot.legend("images", "95 % interval", "the boundary, ½");
    return new StripPlot(title, "p(cat)", arms, BOUNDARY, legend, true);
  }
}
