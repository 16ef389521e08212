package org.whisker.cli.evolve;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.whisker.image.BlackPixels;

/**
 * The picture of the search that is ahead of all those that go on at present; it is taken away once
 * there is none. For any thread; each search has a lane.
 */
final class BestPreview {
  private final Preview preview;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Lane, Double> ahead = new HashMap<>();

  BestPreview(Preview preview) {
    this.preview = preview;
  }

  Lane lane() {
    return new Lane();
  }

  /** One search at a time. */
  final class Lane {
    private Lane() {}

    /** Shows the image where no other search has a higher p(cat). */
    void show(double probability, BlackPixels image) {
      lock.lock();
      try {
        ahead.put(this, probability);
        if (ahead.values().stream().allMatch(other -> other <= probability)) {
          preview.show(image);
        }
      } finally {
        lock.unlock();
      }
    }

    /** This search has ended. */
    void end() {
      lock.lock();
      try {
        ahead.remove(this);
        if (ahead.isEmpty()) {
          preview.close();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
