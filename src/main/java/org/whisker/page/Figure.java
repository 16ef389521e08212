package org.whisker.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Picture;

/**
 * A figure of a report: one or more panels, side by side where the width permits.
 *
 * @param panels the panels
 * @param alt alternative text for screen readers; not blank
 * @param caption caption, plain text
 * @param csv the file they were drawn from, relative to the report, or null
 */
public record Figure(List<Panel> panels, String alt, String caption, @Nullable String csv) {
  public Figure {
    panels = List.copyOf(panels);
    if (panels.isEmpty() || alt.isBlank()) {
      throw new IllegalArgumentException("a figure needs a picture and an alt text: " + caption);
    }
  }

  public static Figure of(Picture picture, String alt, String caption, @Nullable String csv) {
    return new Figure(List.of(new Panel(picture)), alt, caption, csv);
  }

  /** A drawing, as SVG. */
  public static Figure of(Drawing drawing, String alt, String caption, @Nullable String csv) {
    return of(drawing.svg(), alt, caption, csv);
  }
}
