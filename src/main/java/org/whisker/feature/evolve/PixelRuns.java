package org.whisker.feature.evolve;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ascending pixel indices as text: {@code 3-9,12} is 3 to 9 and 12. */
final class PixelRuns {
  private PixelRuns() {}

  static String text(int[] ascending) {
    List<String> runs = new ArrayList<>();
    int from = 0;
    while (from < ascending.length) {
      int to = from;
      while (to + 1 < ascending.length && ascending[to + 1] == ascending[to] + 1) {
        to++;
      }
      runs.add(from == to ? "" + ascending[from] : ascending[from] + "-" + ascending[to]);
      from = to + 1;
    }
    return String.join(",", runs);
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static int[] parse(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    return List.of(text.split(",", -1)).stream()
        .flatMapToInt(
            run -> {
              int dash = run.indexOf('-');
              int first = Integer.parseInt(dash < 0 ? run : run.substring(0, dash));
              int last = dash < 0 ? first : Integer.parseInt(run.substring(dash + 1));
              return IntStream.rangeClosed(first, last);
            })
        .toArray();
  }
}
