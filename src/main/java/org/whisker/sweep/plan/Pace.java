package org.whisker.sweep.plan;

import java.io.IOException;
import org.whisker.study.ablate.StoredAblatedModel;
import org.whisker.study.train.TrainingRecipe;
import org.whisker.torch.TorchDevice;

/** How fast models are here. */
public interface Pace {
  /**
   * Seconds that a model takes for so many images.
   *
   * @param call images in a call
   */
  double seconds(StoredAblatedModel model, double images, int call);

  /** Seconds that training a network takes for a photo of an epoch. */
  double training(TrainingRecipe recipe, TorchDevice device) throws IOException;
}
