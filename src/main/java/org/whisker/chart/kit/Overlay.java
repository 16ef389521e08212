package org.whisker.chart.kit;

import java.awt.Graphics2D;

/** A layer drawn on top of a picture or map, see {@link Framed}. */
public interface Overlay {
  /**
   * Draws the overlay.
   *
   * @param g graphics with the origin at the picture's top left corner
   * @param zoom units per pixel of the picture
   */
  void paint(Graphics2D g, double zoom);
}
