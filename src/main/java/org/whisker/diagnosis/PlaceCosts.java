package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Scenes.Box;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;

/**
 * What hiding a block costs, by its place, in pictures that are rolled at random. In a network that
 * knows no place all blocks cost the same on the average.
 */
record PlaceCosts(List<Box> boxes, List<double[]> costs) {
  private static final int SIDE = 5;
  private static final double LEVEL = 0.95;

  static PlaceCosts of(Classifier network, List<Raster> rolled) {
    Canvas canvas = network.canvas();
    List<Box> boxes = new ArrayList<>();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        boxes.add(
            new Box(
                column * canvas.width() / SIDE,
                row * canvas.height() / SIDE,
                (column + 1) * canvas.width() / SIDE,
                (row + 1) * canvas.height() / SIDE));
      }
    }
    boxes.removeIf(box -> box.pixels() == 0);
    List<double[]> costs = new ArrayList<>();
    for (Raster picture : rolled) {
      Raster plain = Scenes.plain(canvas, Scenes.mean(picture));
      List<Raster> all = new ArrayList<>(List.of(picture));
      boxes.forEach(box -> all.add(Scenes.patched(picture, box, plain)));
      float[] logits = network.logits(all);
      double[] cost =
          IntStream.range(1, all.size()).mapToDouble(i -> logits[i] - logits[0]).toArray();
      double mean = IntStream.range(0, cost.length).mapToDouble(i -> cost[i]).average().orElse(0);
      costs.add(IntStream.range(0, cost.length).mapToDouble(i -> cost[i] - mean).toArray());
    }
    return new PlaceCosts(boxes, costs);
  }

  /** How far costs differ by place in the same way in all pictures. */
  Effect effect() {
    return new SystematicChange(costs, costs).effect();
  }

  /** Mean and interval of each block. */
  List<PlaceRow> rows() {
    List<PlaceRow> rows = new ArrayList<>();
    for (int b = 0; b < boxes.size(); b++) {
      int block = b;
      double[] each = costs.stream().mapToDouble(cost -> cost[block]).toArray();
      Interval interval = Estimate.studentInterval(each, LEVEL);
      Box box = boxes.get(b);
      rows.add(
          new PlaceRow(
              box.left(),
              box.top(),
              box.right() - box.left(),
              box.bottom() - box.top(),
              (interval.low() + interval.high()) / 2,
              interval.low(),
              interval.high()));
    }
    return rows;
  }
}
