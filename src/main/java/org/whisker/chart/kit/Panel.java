package org.whisker.chart.kit;

import org.jspecify.annotations.Nullable;

/**
 * One picture of a figure.
 *
 * @param picture picture the picture
 * @param hover values to show under the pointer, or null
 * @param alt alternative text; null to use that of the figure with the number of the panel
 */
public record Panel(Picture picture, @Nullable HoverGrid hover, @Nullable String alt) {
  public Panel(Picture picture) {
    this(picture, null);
  }

  public Panel(Picture picture, @Nullable HoverGrid hover) {
    this(picture, hover, null);
  }

  /** This panel with its own alternative text. */
  public Panel withAlt(String alt) {
    return new Panel(picture, hover, alt);
  }
}
