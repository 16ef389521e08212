package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code training.csv}: one epoch of training.
 *
 * @param epoch from 1
 * @param trainLoss mean binary cross-entropy over the epoch's batches, on smoothed targets
 * @param validationLoss mean binary cross-entropy on validation photos, on unsmoothed targets
 * @param validationAccuracy share of validation photos classified correctly
 * @param learningRate learning rate at the end of the epoch
 * @param seconds duration of the epoch, in seconds
 */
public record EpochRow(
    int epoch,
    @Column(unit = "nats") double trainLoss,
    @Column(unit = "nats") double validationLoss,
    @Column(unit = "share") double validationAccuracy,
    double learningRate,
    @Column(unit = "s") double seconds) {
  public static final String FILE = "training.csv";
  public static final Table<EpochRow> TABLE = Table.of(EpochRow.class);
}
