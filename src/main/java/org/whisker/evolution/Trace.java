package org.whisker.evolution;

/**
 * Receives the ancestry of each individual, in order of creation. Only {@link Genetic} reports
 * events; the other methods have no parents.
 */
@FunctionalInterface
public interface Trace {
  void on(TraceEvent event);
}
