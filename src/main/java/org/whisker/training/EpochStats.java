package org.whisker.training;

/**
 * One epoch of training.
 *
 * @param epoch from 1
 * @param trainLoss mean binary cross-entropy over the epoch's batches, on smoothed targets
 * @param validationLoss mean binary cross-entropy on validation photos, on unsmoothed targets
 * @param validationAccuracy share of validation photos classified correctly
 * @param learningRate at the epoch's end
 * @param seconds it took
 */
public record EpochStats(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    double learningRate,
    double seconds) {}
