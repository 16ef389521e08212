package org.whisker.training;

/**
 * How a network is trained that begins with another model's weights and a new head. First the head
 * alone, at the regime's learning rate, while all other layers are frozen; then every layer, at a
 * lower rate. Either part has its own warm-up (at most a quarter of it) and its own fall of the
 * rate.
 *
 * @param model the name of the model
 * @param sha256 of its weights file
 * @param frozenEpochs how many of the epochs train the head alone; as many as there are, or more:
 *     all
 * @param releaseRate AdamW's rate at its peak once all layers are trained
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
