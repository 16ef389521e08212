package org.whisker.classifier;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network that several searches ask in {@linkplain LockStep lock step}: the one of which is
 * reported, or a quicker one in its place.
 */
public final class LockStepNetworks implements AutoCloseable {
  private final Classifier exact;
  private final @Nullable Classifier quick;
  private final LockStep searches;
  private final @Nullable Classifier reported;

  /**
   * Lets the searches of several threads share open classifiers, which are closed with this object.
   *
   * @param exact what is reported goes by it
   * @param quick what searches ask instead
   */
  public LockStepNetworks(Classifier exact, Optional<Classifier> quick) {
    this.exact = exact;
    this.quick = quick.orElse(null);
    this.searches = new LockStep(quick.orElse(exact));
    this.reported = quick.isPresent() ? new LockStep(exact).occasional() : null;
  }

  /** What is reported goes by this one; for one thread, before searches begin. */
  public Classifier exact() {
    return exact;
  }

  /**
   * The network whose logits are reported, one for all searches; empty where searches ask that
   * network anyway.
   */
  public Optional<Classifier> reported() {
    return Optional.ofNullable(reported);
  }

  /** A search's part in the network that searches ask. Close it when the search ends. */
  public Classifier enter() {
    return searches.enter();
  }

  @Override
  public void close() {
    try (exact) {
      if (quick != null) {
        quick.close();
      }
    }
  }
}
