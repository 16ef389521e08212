package org.whisker.chart.kit;

import java.awt.Graphics2D;

/** What is drawn on top of a picture or map, see {@link Framed}. */
public interface Overlay {
  /**
   * Draws it.
   *
   * @param g has its origin at the picture's top left
   * @param zoom units a pixel of the picture
   */
  void paint(Graphics2D g, double zoom);
}
