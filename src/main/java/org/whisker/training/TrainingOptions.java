package org.whisker.training;

import org.whisker.option.Records;

/**
 * How a classifier is trained.
 *
 * @param epochs passes over the training photos
 * @param batch photos per step
 * @param learningRate AdamW's peak learning rate
 * @param weightDecay decoupled weight decay
 * @param warmupEpochs epochs over which the rate rises to its peak; then it follows a cosine decay
 * @param labelSmoothing shift of the targets towards one half: with 0.1 they are 0.05 and 0.95
 * @param clip largest L2 norm of a step's gradient
 * @param averaging weight of the current weights in their running average at each step
 * @param augmentation the augmentation of training photos
 * @param seed the seed of initial weights, order, augmentation and dropout
 */
public record TrainingOptions(
    int epochs,
    int batch,
    double learningRate,
    double weightDecay,
    double warmupEpochs,
    double labelSmoothing,
    double clip,
    double averaging,
    Augmentation augmentation,
    long seed) {
  public TrainingOptions {
    require(epochs >= 1, "epochs must be at least 1", epochs);
    require(batch >= 2, "batch must be at least 2 (batch norm needs two photos)", batch);
    require(learningRate > 0 && learningRate < 1, "learning rate must be in (0, 1)", learningRate);
    require(weightDecay >= 0 && weightDecay <= 1, "weight decay must be in [0, 1]", weightDecay);
    require(warmupEpochs >= 0 && warmupEpochs <= epochs, "warm-up must fit in", warmupEpochs);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label smoothing must be at least 0 and below 1",
        labelSmoothing);
    require(clip > 0, "clip must be above 0", clip);
    require(averaging > 0 && averaging <= 1, "averaging must be in (0, 1]", averaging);
  }

  private static void require(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", was " + value);
    }
  }

  /** The options of the mini classifiers, except for the number of epochs. */
  public static TrainingOptions defaults(int epochs, long seed) {
    double warmup = Math.min(2, epochs / 4.0);
    return new TrainingOptions(
        epochs, 64, 2e-3, 0.05, warmup, 0.1, 2, 0.005, Augmentation.standard(), seed);
  }

  /** Returns a copy with another number of epochs; the warm-up is at most a quarter of them. */
  public TrainingOptions lasting(int newEpochs) {
    return part(newEpochs, learningRate);
  }

  public TrainingOptions withSeed(long other) {
    return Records.with(this, "seed", other);
  }

  /** A copy with labels moved towards ½ by another amount. */
  public TrainingOptions withLabelSmoothing(double other) {
    return Records.with(this, "labelSmoothing", other);
  }

  public TrainingOptions withAugmentation(Augmentation other) {
    return Records.with(this, "augmentation", other);
  }

  /**
   * Returns the options of one part of the training, with its own peak rate and a warm-up of at
   * most a quarter of it.
   */
  TrainingOptions part(int partEpochs, double peak) {
    double warmup = Math.min(warmupEpochs, partEpochs / 4.0);
    TrainingOptions shorter = Records.with(this, "warmupEpochs", warmup);
    return Records.with(shorter, "epochs", partEpochs, "learningRate", peak);
  }

  /**
   * The learning rate at a time in training.
   *
   * @param epoch number of epochs done, including the fraction of the current one
   */
  public double rateAt(double epoch) {
    if (epoch < warmupEpochs) {
      return learningRate * Math.max(epoch, 1e-3) / warmupEpochs;
    }
    double done = (epoch - warmupEpochs) / Math.max(1e-9, epochs - warmupEpochs);
    return learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done))));
  }
}
