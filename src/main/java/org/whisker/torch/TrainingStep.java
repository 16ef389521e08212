package org.whisker.torch;

/**
 * The numbers of one AdamW step.
 *
 * @param number the step, from 1: corrects the moments' bias
 * @param learningRate step size
 * @param weightDecay decoupled decay, per unit of learning rate; biases and norms are exempt
 * @param clip largest L2 norm of the gradient; a longer one is scaled down to it
 * @param averaging weight of the current weights in the update of the averaged ones, 0 to 1
 */
public record TrainingStep(
    int number, double learningRate, double weightDecay, double clip, double averaging) {
  public TrainingStep {
    if (number < 1 || !(learningRate >= 0 && weightDecay >= 0 && clip > 0)) {
      throw new IllegalArgumentException("impossible step: " + number + ", rate " + learningRate);
    }
  }

  /** As the training script reads them: rate, decay, 1/bias1, 1/sqrt(bias2), clip, averaging. */
  float[] numbers() {
    double first = 1 / (1 - Math.pow(TrainingScript.FIRST_DECAY, number));
    double second = 1 / Math.sqrt(1 - Math.pow(TrainingScript.SECOND_DECAY, number));
    return new float[] {
      (float) learningRate,
      (float) weightDecay,
      (float) first,
      (float) second,
      (float) clip,
      (float) averaging
    };
  }
}
