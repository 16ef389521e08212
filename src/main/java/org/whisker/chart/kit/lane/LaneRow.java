package org.whisker.chart.kit.lane;

import java.awt.Color;
import java.util.List;
import org.whisker.chart.kit.Ink;

/**
 * A named row of {@link Lanes}.
 *
 * @param name label at the left of its lanes
 * @param below second line in small type below the name; may be empty
 * @param lanes from the top
 */
public record LaneRow(String name, String below, List<Lane> lanes) {
  private static final int GAP = 7;
  private static final int TWO_LINES = 34;

  /**
   * A lane.
   *
   * @param marks marks, in drawing order
   * @param aside text in small type at the right of the axis; may be empty
   * @param color of {@code aside}
   */
  public record Lane(List<? extends LaneMark> marks, String aside, Color color) {
    public Lane {
      marks = List.copyOf(marks);
    }

    public static Lane of(LaneMark... marks) {
      return new Lane(List.of(marks), "", Ink.MUTED);
    }

    int height() {
      return marks.stream().mapToInt(LaneMark::height).max().orElse(0);
    }
  }

  public LaneRow {
    lanes = List.copyOf(lanes);
  }

  public static LaneRow of(String name, Lane... lanes) {
    return new LaneRow(name, "", List.of(lanes));
  }

  double nameWidth() {
    return Math.max(Ink.width(name, Ink.LABEL), Ink.width(below, Ink.TICK));
  }

  double asideWidth() {
    return lanes.stream().mapToDouble(lane -> Ink.width(lane.aside, Ink.TICK)).max().orElse(0);
  }

  int lanesHeight() {
    return lanes.stream().mapToInt(Lane::height).sum();
  }

  int height() {
    return GAP + Math.max(lanesHeight(), below.isEmpty() ? 0 : TWO_LINES);
  }
}
