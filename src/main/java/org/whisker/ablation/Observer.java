package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.random.SplitMix64;

/** Looks at evolved images, and at the model, where no arm but the control is needed. */
public interface Observer {
  /** Why the model can't be observed so, in one line; empty when it can. */
  default Optional<String> refusal(AblatedModel model) {
    return Optional.empty();
  }

  /**
   * What they show.
   *
   * @throws CancellationException when stopped
   */
  Observed observe(Input input);

  /**
   * What an observer is given.
   *
   * @param control the runs of the control arm
   * @param batch pictures in one call
   */
  record Input(
      ArmRuns control,
      AblationSetting setting,
      AblatedModel model,
      int batch,
      BooleanSupplier stopped) {
    /** The final images that have a black pixel. */
    public List<BlackPixels> marked() {
      return control.images().stream().filter(image -> image.count() > 0).toList();
    }

    /** Runs without such an image. */
    public int unmarked() {
      return control.runs().size() - marked().size();
    }

    /** Asked before what takes long. */
    public void check() {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped");
      }
    }

    /** A stream of random numbers of its own. */
    public RandomGenerator random(String purpose) {
      return SplitMix64.stream(setting.seed(), "ablate " + model.name() + " " + purpose, 0);
    }
  }
}
