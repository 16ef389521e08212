package org.whisker.study.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.boundary.CounterfactualRow;
import org.whisker.table.boundary.CounterfactualSummaryRow;
import org.whisker.table.boundary.FlipRow;

/**
 * Tests where the flips of each group of images lie: their mean edge index against the same flips
 * shifted on a torus.
 *
 * @param folder with the flips of each image
 * @param seed of the shifts
 */
record FlipPositions(Path folder, Canvas canvas, long seed) {
  private static final int SHIFTS = 9_999;

  /** A row a group, in the order of their first images. */
  List<CounterfactualSummaryRow> summary(List<CounterfactualRow> rows) throws IOException {
    Map<String, List<CounterfactualRow>> groups = new LinkedHashMap<>();
    for (CounterfactualRow row : rows) {
      groups.computeIfAbsent(row.group(), name -> new ArrayList<>()).add(row);
    }
    List<CounterfactualSummaryRow> summary = new ArrayList<>();
    for (Map.Entry<String, List<CounterfactualRow>> group : groups.entrySet()) {
      summary.add(
          CounterfactualSummaryRow.of(
              group.getKey(), group.getValue(), test(group.getKey(), group.getValue())));
    }
    return summary;
  }

  private Optional<ToroidalShift> test(String group, List<CounterfactualRow> rows)
      throws IOException {
    List<BlackPixels> flips = new ArrayList<>();
    for (CounterfactualRow row : rows) {
      if (row.isCrossed()) {
        Path own = folder.resolve(row.files());
        flips.add(FlipRow.pixels(canvas, FlipRow.TABLE.read(own.resolve(FlipRow.FILE))));
      }
    }
    if (flips.isEmpty()) {
      return Optional.empty();
    }
    EdgeRank rank = new EdgeRank(canvas);
    return Optional.of(
        ToroidalShift.test(
            flips,
            image -> rank.edgeIndex(image).orElseThrow(),
            SHIFTS,
            SplitMix64.stream(seed, "flips shifted: " + group, 0)));
  }
}
