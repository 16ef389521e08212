package org.whisker.table.experiment;

import java.util.List;

/**
 * What an experiment observed on a model.
 *
 * @param rows of its {@code observations.csv}; empty where it observes nothing
 */
public record ExperimentObservations(String experiment, String model, List<ObservationRow> rows) {
  public ExperimentObservations {
    rows = List.copyOf(rows);
  }
}
