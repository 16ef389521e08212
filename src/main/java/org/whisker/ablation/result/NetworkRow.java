package org.whisker.ablation.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a network trained for an arm of an experiment, and its performance on
 * test photos. Experiments may share a network.
 */
public record NetworkRow(
    @Column(meaning = "name of the arm") String arm,
    @Column(meaning = "number of the network within the arm, from 1") int number,
    @Column(meaning = "the network and its figures") TrainedRow trained,
    @Column(
            meaning =
                "the model from whose weights training continued; empty for random "
                    + "initial weights")
        String fineTunedFrom) {
  public static final String FILE = "networks.csv";
  public static final Table<NetworkRow> TABLE = Table.of(NetworkRow.class, FILE);
}
