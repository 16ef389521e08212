package org.whisker.planted;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

/** A planted classifier, as experiments intervene on it. */
public final class PlantedModel implements AblatedModel {
  /** The stride of its last feature map, in pixels. */
  static final int STRIDE = 4;

  /** Networks of one recipe differ: each pixel's gain is up to so much more or less, in logits. */
  private static final double JITTER = 0.03;

  /** Gains of random weights, in logits. */
  private static final double UNTRAINED = 0.1;

  private final Plant plant;

  /** On this plant. */
  public PlantedModel(Plant plant) {
    this.plant = plant;
  }

  /** The plant. */
  public Plant plant() {
    return plant;
  }

  /** What is planted, in one line. */
  public String claim() {
    return plant.claim();
  }

  @Override
  public String name() {
    return plant.id();
  }

  @Override
  public Canvas canvas() {
    return plant.stored().canvas();
  }

  @Override
  public String padding() {
    return "zero";
  }

  @Override
  public float paddingGray() {
    return 0;
  }

  @Override
  public OptionalInt stride() {
    return plant.opaque() ? OptionalInt.empty() : OptionalInt.of(STRIDE);
  }

  @Override
  public List<Integer> strides() {
    return plant.opaque() ? List.of() : List.of(STRIDE / 2, STRIDE);
  }

  @Override
  public Optional<double[]> paths() {
    return plant.opaque() ? Optional.empty() : Optional.of(plant.paths().clone());
  }

  @Override
  public boolean differentiable() {
    return true;
  }

  @Override
  public String regime() {
    return plant.opaque() ? AblationSetting.NO_PHOTOS : "planted";
  }

  @Override
  public Optional<String> refusal(ModelVariant variant) {
    return plant.opaque() && !(variant instanceof ModelVariant.AsStored)
        ? Optional.of(name() + " stands for a module whose layers are not known")
        : Optional.empty();
  }

  @Override
  public Classifier open(ModelVariant variant) {
    refusal(variant)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    UnaryOperator<PlantedFormula> change = change(variant);
    PlantedFormula light = change.apply(plant.formula().apply(Circumstances.of(variant, true)));
    PlantedFormula dark = change.apply(plant.formula().apply(Circumstances.of(variant, false)));
    return new PlantedClassifier(name(), canvas(), isLight -> isLight ? light : dark);
  }

  /** What makes one network of a variant differ from the next. */
  private UnaryOperator<PlantedFormula> change(ModelVariant variant) {
    if (variant instanceof ModelVariant.Untrained untrained) {
      RandomGenerator random = SplitMix64.stream(untrained.seed(), "untrained plant", 0);
      return f ->
          PlantedFormula.blank(f.canvas(), f.white())
              .withGain(
                  DoubleStream.generate(() -> UNTRAINED * random.nextGaussian())
                      .limit(f.canvas().pixels())
                      .toArray());
    }
    return variant instanceof ModelVariant.Retrained retrained
        ? f -> jittered(f, SplitMix64.stream(retrained.repetition(), "retrained plant", 0))
        : f -> f;
  }

  private static PlantedFormula jittered(PlantedFormula f, RandomGenerator random) {
    return f.withGain(
        DoubleStream.of(f.gain())
            .map(gain -> gain + JITTER * (2 * random.nextDouble() - 1))
            .toArray());
  }
}
