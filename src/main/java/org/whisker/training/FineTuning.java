package org.whisker.training;

/**
 * The fine-tuning of a network that starts from another model's weights and a new head. First only
 * the head is trained, at the regime's learning rate, while all other layers are frozen; then every
 * layer, at a lower rate. Each part has its own warm-up (at most a quarter of it) and its own decay
 * of the rate.
 *
 * @param model the name of the model
 * @param sha256 of its weights file
 * @param frozenEpochs number of epochs that train only the head; all epochs if at least their
 *     number
 * @param releaseRate AdamW's peak learning rate once all layers are trained
 */
public record FineTuning(String model, String sha256, int frozenEpochs, double releaseRate) {
  public FineTuning {
    if (frozenEpochs < 0) {
      throw new IllegalArgumentException("frozen epochs must not be negative: " + frozenEpochs);
    }
    if (!(releaseRate > 0 && releaseRate < 1)) {
      throw new IllegalArgumentException("release rate must be in (0, 1), was " + releaseRate);
    }
  }
}
