package org.whisker.feature.train;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code training.csv}: one epoch of training. */
public record EpochRow(
    @Column(meaning = "epoch, from 1") int epoch,
    @Column(
            unit = "nats",
            meaning =
                "mean loss over the epoch's batches: binary cross-entropy on smoothed "
                    + "targets, or of a taught model the divergence from its teacher, with "
                    + "the weighted share of unexplained variance of the teacher's features "
                    + "where these are learned, too")
        double trainLoss,
    @Column(
            unit = "nats",
            meaning = "mean binary cross-entropy on validation photos, on unsmoothed " + "targets")
        double validationLoss,
    @Column(unit = "share", meaning = "share of validation photos classified correctly")
        double validationAccuracy,
    @Column(meaning = "learning rate at the end of the epoch") double learningRate,
    @Column(unit = "s", meaning = "duration of the epoch, in seconds") double seconds) {
  public static final String FILE = "training.csv";
  public static final Table<EpochRow> TABLE = Table.of(EpochRow.class, FILE);
}
