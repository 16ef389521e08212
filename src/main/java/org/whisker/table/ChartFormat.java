package org.whisker.table;

import java.util.Locale;

/** A file format of charts. */
public enum ChartFormat {
  PNG,
  SVG,
  PDF;

  /** The end of its files' names, without a dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
