package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one group of images in both tables of a robustness folder. Groups may share a name:
 * each begins with the same change.
 *
 * @param changes its rows of the summary table
 * @param rows its rows of the main table, ordered by image, change and draw
 */
public record RobustnessGroup(List<RobustnessSummaryRow> changes, List<RobustnessRow> rows) {
  public RobustnessGroup {
    changes = List.copyOf(changes);
    rows = List.copyOf(rows);
  }

  /**
   * Splits both tables.
   *
   * @throws IllegalArgumentException when the number of rows differs from what the summary implies
   */
  public static List<RobustnessGroup> of(
      List<RobustnessSummaryRow> summary, List<RobustnessRow> rows) {
    List<List<RobustnessSummaryRow>> parts = new ArrayList<>();
    for (RobustnessSummaryRow row : summary) {
      if (row.change().equals(summary.get(0).change())) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(row);
    }
    List<RobustnessGroup> groups = new ArrayList<>();
    int from = 0;
    for (List<RobustnessSummaryRow> changes : parts) {
      int to = from + changes.get(0).images() * draws(changes);
      if (to > rows.size()) {
        throw new IllegalArgumentException(
            RobustnessRow.FILE + " has fewer rows than " + RobustnessSummaryRow.FILE + " counts");
      }
      groups.add(new RobustnessGroup(changes, rows.subList(from, to)));
      from = to;
    }
    return groups;
  }

  /** The rows of each image. */
  private static int draws(List<RobustnessSummaryRow> changes) {
    return changes.stream().mapToInt(RobustnessSummaryRow::draws).sum();
  }

  /** The name of the group. */
  public String name() {
    return changes.get(0).group();
  }

  /**
   * p(cat) per image and draw.
   *
   * @param change its index in the summary
   */
  public List<List<Double>> catProbabilities(int change) {
    int each = draws(changes);
    int first = draws(changes.subList(0, change));
    List<List<Double>> images = new ArrayList<>();
    for (int at = first; at < rows.size(); at += each) {
      List<RobustnessRow> drawn = rows.subList(at, at + changes.get(change).draws());
      images.add(drawn.stream().map(RobustnessRow::pCat).toList());
    }
    return images;
  }
}
