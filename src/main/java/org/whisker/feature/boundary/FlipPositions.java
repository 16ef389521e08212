package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Counterfactual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;

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
  List<Counterfactual.Summary> summary(List<Counterfactual.OfImage> rows) throws IOException {
    Map<String, List<Counterfactual.OfImage>> groups = new LinkedHashMap<>();
    for (Counterfactual.OfImage row : rows) {
      groups.computeIfAbsent(row.group(), name -> new ArrayList<>()).add(row);
    }
    List<Counterfactual.Summary> summary = new ArrayList<>();
    for (Map.Entry<String, List<Counterfactual.OfImage>> group : groups.entrySet()) {
      summary.add(
          Counterfactual.Summary.of(
              group.getKey(), group.getValue(), test(group.getKey(), group.getValue())));
    }
    return summary;
  }

  private Optional<ToroidalShift> test(String group, List<Counterfactual.OfImage> rows)
      throws IOException {
    List<BlackPixels> flips = new ArrayList<>();
    for (Counterfactual.OfImage row : rows) {
      if (row.isCrossed()) {
        Path own = folder.resolve(row.files());
        flips.add(
            Counterfactual.Flip.pixels(
                canvas, Counterfactual.Flip.TABLE.read(own.resolve(Counterfactual.Flip.FILE))));
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
