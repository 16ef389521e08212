package org.whisker.chart.kit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Notes which labels XChart drew along an axis, which it does not tell. */
final class TickLabels {
  private final Map<Double, String> labels = new TreeMap<>();
  private double last = Double.POSITIVE_INFINITY;

  /** The same formatting. XChart asks for labels in ascending order, and again for other steps. */
  Function<Double, String> noting(Function<Double, String> format) {
    return value -> {
      if (value <= last) {
        labels.clear();
      }
      last = value;
      String label = format.apply(value);
      labels.put(value, label);
      return label;
    };
  }

  /** Labels by value, as they were drawn last. */
  Map<Double, String> drawn() {
    return Collections.unmodifiableMap(labels);
  }
}
