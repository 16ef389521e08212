package org.whisker.feature.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Workers;
import org.whisker.network.Window.Padding;
import org.whisker.value.IoFunction;

/** The classifiers that there are. Thread-safe. */
public interface PlayModels {
  /** What can be chosen; the first is what a page begins with. */
  List<ModelOffer> offers();

  /**
   * Opens one, to be closed by the caller.
   *
   * @throws InvalidRequestException for a model that is not offered, or a padding that it can't
   *     have
   * @throws IOException when it can't be read
   */
  DifferentiableClassifier open(ModelChoice choice) throws IOException;

  /**
   * The workers that score by a model side by side, as many as in a search by {@code evolve}; by
   * default a single one.
   */
  default Workers workers(ModelChoice choice) throws IOException {
    return Workers.single();
  }

  /**
   * The offer of that name.
   *
   * @throws InvalidRequestException where there is none
   */
  default ModelOffer offer(String name) {
    return offers().stream()
        .filter(offer -> offer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidRequestException("no model '" + name + "' is offered"));
  }

  /**
   * A classifier that can be chosen.
   *
   * @param name by which it is chosen
   * @param planes the number of planes of a picture that it sees: 1 for its gray, 3 for its colours
   * @param target the class that it is asked for
   * @param padding the padding of its training; empty where its layers are unknown, so that no
   *     other can be chosen
   */
  record ModelOffer(
      String name, Canvas canvas, int planes, String target, Optional<Padding> padding) {}

  /**
   * A classifier, as somebody chose it.
   *
   * @param model a name that is {@linkplain PlayModels#offers offered}
   * @param padding another one than that of its training; empty for its own
   */
  record ModelChoice(String model, Optional<Padding> padding) {
    /** Chooses a model with the padding of its training. */
    public static ModelChoice of(String model) {
      return new ModelChoice(model, Optional.empty());
    }

    @Override
    public String toString() {
      return padding.map(other -> model + " with " + other.label() + " padding").orElse(model);
    }
  }

  /**
   * The few classifiers that were used last, kept open. For one thread.
   *
   * @param <T> what is made of an open classifier
   */
  static final class OpenClassifiers<T extends AutoCloseable> implements AutoCloseable {

    private final IoFunction<ModelChoice, T> opener;
    private final int most;
    private final Map<ModelChoice, T> open = new LinkedHashMap<>(8, 0.75f, true);

    /**
     * Keeps that many.
     *
     * @param most open at a time, at least 1
     */
    OpenClassifiers(int most, IoFunction<ModelChoice, T> opener) {
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
      T opened = opener.apply(choice);
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
}
