package org.whisker.evolution;

/**
 * Told where each individual comes from, in the order in which they come to be. {@link Genetic}
 * tells; other methods have no parents and tell nothing.
 */
@FunctionalInterface
public interface Trace {
  void on(TraceEvent event);
}
