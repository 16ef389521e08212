package org.whisker.feature.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.feature.play.PlayModels.ModelChoice;

/**
 * The few classifiers that were used last, kept open. For one thread.
 *
 * @param <T> what is made of an open classifier
 */
final class OpenClassifiers<T extends AutoCloseable> implements AutoCloseable {
  /** Opens one. */
  @FunctionalInterface
  interface Opener<T> {
    T open(ModelChoice choice) throws IOException;
  }

  private final Opener<T> opener;
  private final int most;
  private final Map<ModelChoice, T> open = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * Keeps that many.
   *
   * @param most open at a time, at least 1
   */
  OpenClassifiers(int most, Opener<T> opener) {
    this.most = most;
    this.opener = opener;
  }

  /**
   * The open one; those that were not used for longest are closed for it.
   *
   * @throws IOException when it can't be opened
   */
  T get(ModelChoice choice) throws IOException {
    T there = open.get(choice);
    if (there != null) {
      return there;
    }
    List<ModelChoice> oldest = new ArrayList<>(open.keySet());
    for (int i = 0; open.size() >= most; i++) {
      close(open.remove(oldest.get(i)));
    }
    T opened = opener.open(choice);
    open.put(choice, opened);
    return opened;
  }

  /** All that are open. */
  List<T> all() {
    return List.copyOf(open.values());
  }

  private void close(@Nullable T one) {
    try {
      if (one != null) {
        one.close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a classifier can't be closed", e);
    }
  }

  /** Closes all, also when one of them fails. */
  @Override
  public void close() {
    Iterator<T> left = open.values().iterator();
    if (left.hasNext()) {
      T one = left.next();
      left.remove();
      try {
        close(one);
      } finally {
        close();
      }
    }
  }
}
