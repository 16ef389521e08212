package org.whisker.report;

import org.jspecify.annotations.Nullable;

/**
 * One picture of a figure.
 *
 * @param picture what is drawn
 * @param hover values to show under the pointer, or null
 */
public record Panel(Picture picture, @Nullable HoverGrid hover) {
  public Panel(Picture picture) {
    this(picture, null);
  }
}
