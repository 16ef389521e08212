package org.whisker.chart.kit;

import java.awt.Graphics2D;

/** A drawing composed of other drawings. */
public interface Composed extends Drawing {
  /** The composition, laid out as one drawing. */
  Drawing drawing();

  @Override
  default int width() {
    return drawing().width();
  }

  @Override
  default int height() {
    return drawing().height();
  }

  @Override
  default void paint(Graphics2D g) {
    drawing().paint(g);
  }

  @Override
  default Drawing within(int width) {
    return drawing().within(width);
  }
}
