package org.whisker.chart.kit;

import java.awt.Font;
import java.awt.RenderingHints;

/**
 * Sets text as text, for formats that embed fonts: a rendering hint of graphics that do. Elsewhere
 * text is drawn as outlines, which look the same everywhere.
 */
public interface Typesetter {
  RenderingHints.Key KEY = new Key();

  /** Whether its font has all glyphs of a text. */
  boolean has(String text);

  /** Width in the figure's units of a text that it {@link #has}. */
  double width(String text, Font font);

  /** The type of the hint. */
  final class Key extends RenderingHints.Key {
    private Key() {
      super(9601);
    }

    @Override
    public boolean isCompatibleValue(Object value) {
      return value instanceof Typesetter;
    }
  }
}
