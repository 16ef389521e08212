package org.whisker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.TrainingRecord;
import org.whisker.torch.Precision;
import org.whisker.training.Augmentation;
import org.whisker.training.TrainingOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How to train. What is not given is what trained the embedded classifiers. */
@Command
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

  /**
   * Those that a card tells, and the defaults of what it does not.
   *
   * @throws IllegalArgumentException when it tells of something else
   */
  static RegimeOptions recorded(TrainingRecord record) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--epochs=" + record.epochs());
    arguments.add("--seed=" + record.seed());
    record.options().forEach((name, value) -> arguments.add("--" + name + "=" + value));
    RegimeOptions regime = new RegimeOptions();
    try {
      new CommandLine(regime).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(
          "its card tells of a training that this whisker can't repeat: " + e.getMessage(), e);
    }
    return regime;
  }

  Precision precision() {
    return RunningOptions.parse("--precision", precision);
  }

  /**
   * These, completed by the defaults for an architecture.
   *
   * @throws UsageException for what can't be
   */
  TrainingOptions options(Kind kind) {
    return UsageException.check(() -> complete(defaults(kind)));
  }

  private TrainingOptions defaults(Kind kind) {
    TrainingOptions standard = TrainingOptions.defaults(epochs, seed);
    return switch (kind) {
      case INCEPTION_RESNET_V2 -> standard;
      case VGG16 ->
          new TrainingOptions(
              epochs,
              standard.batch(),
              standard.learningRate(),
              standard.weightDecay(),
              standard.warmupEpochs(),
              0.05,
              standard.clip(),
              standard.averaging(),
              new Augmentation(0.45, 4 / 3.0, 0.3, 0.15, 0.1),
              seed);
    };
  }

  private TrainingOptions complete(TrainingOptions base) {
    Augmentation varied = base.augmentation();
    return new TrainingOptions(
        epochs,
        batch == null ? base.batch() : batch,
        orElse(learningRate, base.learningRate()),
        orElse(weightDecay, base.weightDecay()),
        orElse(warmup, base.warmupEpochs()),
        orElse(labelSmoothing, base.labelSmoothing()),
        orElse(clip, base.clip()),
        orElse(averaging, base.averaging()),
        new Augmentation(
            orElse(cropArea, varied.leastArea()),
            orElse(cropAspect, varied.mostAspect()),
            orElse(contrast, varied.contrast()),
            orElse(brightness, varied.brightness()),
            orElse(erase, varied.eraseProbability()),
            shift == null ? varied.shift() : OptionalDouble.of(shift)),
        seed);
  }

  private static double orElse(@Nullable Double value, double fallback) {
    return value == null ? fallback : value;
  }

  /** All that is given, but epochs and seed, by the names that users type. */
  static Map<String, String> named(TrainingOptions options, Precision precision) {
    Map<String, String> named = new TreeMap<>();
    named.put("batch", Integer.toString(options.batch()));
    named.put("learning-rate", Double.toString(options.learningRate()));
    named.put("weight-decay", Double.toString(options.weightDecay()));
    named.put("warmup", Double.toString(options.warmupEpochs()));
    named.put("label-smoothing", Double.toString(options.labelSmoothing()));
    named.put("clip", Double.toString(options.clip()));
    named.put("averaging", Double.toString(options.averaging()));
    named.put("crop-area", Double.toString(options.augmentation().leastArea()));
    named.put("crop-aspect", Double.toString(options.augmentation().mostAspect()));
    named.put("contrast", Double.toString(options.augmentation().contrast()));
    named.put("brightness", Double.toString(options.augmentation().brightness()));
    named.put("erase", Double.toString(options.augmentation().eraseProbability()));
    options.augmentation().shift().ifPresent(s -> named.put("shift", Double.toString(s)));
    named.put("precision", RunningOptions.label(precision));
    return named;
  }
}
