package org.whisker.ablation.result;

import java.util.List;

/**
 * The observations of an experiment on a model.
 *
 * @param rows rows of its {@code observations.csv}; empty when it has no observations
 */
public record ExperimentObservations(String experiment, String model, List<ObservationRow> rows) {
  public ExperimentObservations {
    rows = List.copyOf(rows);
  }
}
