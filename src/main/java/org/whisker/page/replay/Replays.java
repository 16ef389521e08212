package org.whisker.page.replay;

import java.util.List;

/**
 * Runs to scrub through in one place of a page.
 *
 * @param caption plain text
 * @param csv the history of the first run, relative to the page
 * @param runs at least one, on canvases of one size; the first is shown at first
 */
public record Replays(String caption, String csv, List<Replay> runs) {
  public Replays {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("no run to replay: " + caption);
    }
  }
}
