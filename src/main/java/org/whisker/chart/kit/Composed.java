package org.whisker.chart.kit;

import java.awt.Graphics2D;

/** A drawing that is made of others. */
public interface Composed extends Drawing {
  /** What it is made of, laid out. */
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
}
