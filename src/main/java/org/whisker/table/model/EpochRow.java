package org.whisker.table.model;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code training.csv}: one epoch of training.
 *
 * @param epoch from 1
 * @param trainLoss mean loss over the epoch's batches: binary cross-entropy on smoothed targets, or
 *     of a taught model the divergence from its teacher, with the weighted share of unexplained
 *     variance of the teacher's features where these are learned, too
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
