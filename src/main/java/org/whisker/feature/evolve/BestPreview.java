package org.whisker.feature.evolve;

import java.util.HashMap;
import java.util.Map;
import org.whisker.image.BlackPixels;

/**
 * The picture of the search that is ahead of all those that go on at present; it is taken away once
 * there is none. For any thread; each search has a lane.
 */
final class BestPreview {
  private final Preview preview;
  private final Map<Lane, Double> ahead = new HashMap<>();

  BestPreview(Preview preview) {
    this.preview = preview;
  }

  Lane lane() {
    return new Lane();
  }

  private synchronized void show(Lane lane, double probability, BlackPixels image) {
    ahead.put(lane, probability);
    if (ahead.values().stream().allMatch(other -> other <= probability)) {
      preview.show(image);
    }
  }

  private synchronized void end(Lane lane) {
    ahead.remove(lane);
    if (ahead.isEmpty()) {
      preview.close();
    }
  }

  /** One search at a time. */
  final class Lane {
    private Lane() {}

    /** Shows the image where no other search has a higher p(cat). */
    void show(double probability, BlackPixels image) {
      BestPreview.this.show(this, probability, image);
    }

    /** This search has ended. */
    void end() {
      BestPreview.this.end(this);
    }
  }
}
