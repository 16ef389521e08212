package org.whisker.cli.train;

import org.jspecify.annotations.Nullable;
import org.whisker.study.train.TrainingRegime;
import picocli.CommandLine.Option;

/** How to train. What is not given is what trained the mini classifiers. */
final class RegimeOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "40",
      description = "Passes over the training photos. Default: 40.")
  private int epochs = 40;

  @Option(names = "--batch", paramLabel = "N", description = "Photos per step. Default: 64.")
  private @Nullable Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Peak learning rate of AdamW. Default: 0.002.")
  private @Nullable Double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = "Weight decay of AdamW. Default: 0.05.")
  private @Nullable Double weightDecay;

  @Option(
      names = "--warmup",
      paramLabel = "E",
      description = "Epochs of rising learning rate. Default: 2, at most a quarter of all.")
  private @Nullable Double warmup;

  @Option(
      names = "--label-smoothing",
      paramLabel = "S",
      description = "Targets become S/2 and 1 - S/2. Default: 0.05 (vgg16), 0.1.")
  private @Nullable Double labelSmoothing;

  @Option(
      names = "--clip",
      paramLabel = "L",
      description = "Gradients are clipped to this norm. Default: 2.")
  private @Nullable Double clip;

  @Option(
      names = "--averaging",
      paramLabel = "A",
      description = "Share of the current weights in their running average. Default: 0.005.")
  private @Nullable Double averaging;

  @Option(
      names = "--crop-area",
      paramLabel = "A",
      description = "Smallest crop, as a share of the photo. Default: 0.45 (vgg16), 0.35.")
  private @Nullable Double cropArea;

  @Option(
      names = "--crop-aspect",
      paramLabel = "A",
      description = "Largest aspect ratio of a crop, width by height. Default: 4/3.")
  private @Nullable Double cropAspect;

  @Option(
      names = "--contrast",
      paramLabel = "C",
      description = "Contrast is multiplied by 1 - C to 1 + C. Default: 0.3 (vgg16), 0.4.")
  private @Nullable Double contrast;

  @Option(
      names = "--brightness",
      paramLabel = "B",
      description = "Gray is moved by at most B. Default: 0.15 (vgg16), 0.2.")
  private @Nullable Double brightness;

  @Option(
      names = "--erase",
      paramLabel = "P",
      description = "Probability of erasing a rectangle. Default: 0.1 (vgg16), 0.25.")
  private @Nullable Double erase;

  @Option(
      names = "--shift",
      paramLabel = "S",
      description =
          "Crop the centre of the photo, shifted horizontally and vertically by up to S of the"
              + " canvas (0: always centred; 0.5: anywhere with equal frequency), filling"
              + " uncovered areas by reflection. Default: crops lie anywhere in the photo.")
  private @Nullable Double shift;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "bfloat16",
      description = "float32 or bfloat16. Default: bfloat16.")
  private String precision = "bfloat16";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all random numbers. Default: 1.")
  private long seed = 1;

  /** These as a record. */
  TrainingRegime regime() {
    return new TrainingRegime(
        epochs,
        batch,
        learningRate,
        weightDecay,
        warmup,
        labelSmoothing,
        clip,
        averaging,
        cropArea,
        cropAspect,
        contrast,
        brightness,
        erase,
        shift,
        precision,
        seed);
  }
}
