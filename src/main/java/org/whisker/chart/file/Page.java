package org.whisker.chart.file;

import java.awt.Graphics2D;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Drawing;

/**
 * A drawing as it lies on paper.
 *
 * @param drawing what is seen
 * @param width the width of the paper, in the drawing's units
 * @param scale 1/96 inches per unit
 * @param printed whether it has a width of its own, in print
 */
record Page(Drawing drawing, double width, double scale, boolean printed) {
  private static final double UNITS_PER_MM = 96 / 25.4;

  /**
   * 1/96 inches per unit in print: labels have 7 to 8 points there, and lines ⅔ to 1 point, as
   * journals ask.
   */
  private static final double PRINTED = 0.84;

  /** Lays a drawing out for a width, or in its natural size. */
  static Page of(Drawing drawing, OptionalDouble millimetres) {
    if (millimetres.isEmpty()) {
      return new Page(drawing, drawing.width(), 1, false);
    }
    double paper = millimetres.getAsDouble() * UNITS_PER_MM;
    Drawing laid = drawing.within((int) Math.floor(paper / PRINTED));
    // what can't be laid out narrower is made smaller
    double width = Math.max(paper / PRINTED, laid.width());
    return new Page(laid, width, paper / width, true);
  }

  int height() {
    return drawing.height();
  }

  /** The drawing in the middle of the paper, in units. */
  void paint(Graphics2D g) {
    double left = (width - drawing.width()) / 2;
    g.translate(left, 0);
    drawing.paint(g);
    g.translate(-left, 0);
  }
}
