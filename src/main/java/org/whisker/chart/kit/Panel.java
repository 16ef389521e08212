package org.whisker.chart.kit;

import org.jspecify.annotations.Nullable;

/**
 * One picture of a figure.
 *
 * @param picture what is drawn
 * @param hover values to show under the pointer, or null
 * @param alt what it shows; null: what its figure says, and which of its pictures it is
 */
public record Panel(Picture picture, @Nullable HoverGrid hover, @Nullable String alt) {
  public Panel(Picture picture) {
    this(picture, null);
  }

  public Panel(Picture picture, @Nullable HoverGrid hover) {
    this(picture, hover, null);
  }

  /** This with a text of its own. */
  public Panel withAlt(String alt) {
    return new Panel(picture, hover, alt);
  }
}
