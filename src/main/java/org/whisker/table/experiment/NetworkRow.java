package org.whisker.table.experiment;

import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a network trained for an arm of an experiment, and its performance on
 * test photos. Experiments may share a network.
 *
 * @param arm name of the arm
 * @param number number of the network within the arm, from 1
 * @param trained the network and its figures
 * @param fineTunedFrom the model from whose weights training continued; empty for random initial
 *     weights
 */
public record NetworkRow(String arm, int number, TrainedRow trained, String fineTunedFrom) {
  public static final String FILE = "networks.csv";
  public static final Table<NetworkRow> TABLE = Table.of(NetworkRow.class);
}
