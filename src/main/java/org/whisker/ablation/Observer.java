package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.random.SplitMix64;

/** Measures the evolved images of the control, and the model, without further arms. */
public interface Observer {
  /** The reason, in one line, why this cannot be done on the model; empty if it can. */
  default Optional<String> refusal(AblatedModel model) {
    return Optional.empty();
  }

  /** Whether an observation is of the network alone, whatever the search found. */
  default boolean needsNoImages(String observation) {
    return !needsCats();
  }

  /**
   * Whether what it says is of images that are cats, so that it says nothing where too few runs
   * made one; false where it is of the network.
   */
  default boolean needsCats() {
    return true;
  }

  /**
   * The networks that are to be trained for it, the first of each kind; none for most. The model
   * opens them, and those of further {@linkplain ModelVariant#ofNetwork numbers}.
   */
  default List<ModelVariant.Retrained> trained(AblatedModel model, AblationSetting setting) {
    return List.of();
  }

  /** Names of its parts that it can be {@linkplain #narrowed narrowed} to; none for most. */
  default List<String> parts() {
    return List.of();
  }

  /** This observer with those of its parts alone whose names are given, if it has such parts. */
  default Observer narrowed(Set<String> names) {
    return this;
  }

  /**
   * How many images it scores, roughly, for who plans: each gradient counts as three.
   *
   * @param images evolved ones that it looks at
   */
  default long scored(AblatedModel model, int images) {
    return 0;
  }

  /** How many images are scored, by the model and how many evolved images there are. */
  @FunctionalInterface
  interface Outlay {
    long scored(AblatedModel model, int images);
  }

  /** An observer that scores so many images. */
  static Observer scoring(Function<Input, Observations> observe, Outlay outlay) {
    return new Observer() {
      @Override
      public Observations observe(Input input) {
        return observe.apply(input);
      }

      @Override
      public long scored(AblatedModel model, int images) {
        return outlay.scored(model, images);
      }
    };
  }

  /**
   * Computes the observations.
   *
   * @throws CancellationException when stopped
   */
  Observations observe(Input input);

  /**
   * The input of an observer.
   *
   * @param control the runs of the control arm
   * @param networks how many networks of each kind are trained, where any are
   * @param batch images per batch
   */
  record Input(
      ArmRuns control,
      AblationSetting setting,
      AblatedModel model,
      int networks,
      int batch,
      BooleanSupplier stopped) {
    /**
     * The final images that have a black pixel, of the runs that reached the p(target) at which
     * arms are compared; of all runs where too few did, so that there is something to describe.
     */
    public List<BlackPixels> marked() {
      Optional<Measure> level = ArmRuns.level(List.of(control));
      return control.runs().stream()
          .filter(run -> level.isEmpty() || ArmRuns.isCat(run, level.get()))
          .flatMap(run -> run.outcome().stream())
          .map(ArmRun.Outcome::image)
          .filter(image -> image.count() > 0)
          .toList();
    }

    /** Whether at least half of the runs reached the target, or p(target) of ½. */
    public boolean enoughCats() {
      return ArmRuns.level(List.of(control)).isPresent();
    }

    /** Number of runs without such a marked image. */
    public int unmarked() {
      return control.runs().size() - marked().size();
    }

    /** Throws CancellationException when stopped; called before expensive steps. */
    public void check() {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped");
      }
    }

    public RandomGenerator random(String purpose) {
      return SplitMix64.stream(setting.seed(), "ablate " + model.name() + " " + purpose, 0);
    }
  }
}
