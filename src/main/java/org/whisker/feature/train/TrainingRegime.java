package org.whisker.feature.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.option.Entries;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import org.whisker.torch.Precision;
import org.whisker.training.Augmentation;
import org.whisker.training.Augmentation.PhotoTreatment;
import org.whisker.training.TrainingTask.TrainingOptions;

/**
 * How to train, as far as it was told; what is null is as the mini classifiers were trained. Its
 * JSON names are those of the options of {@code train}, and what a model's card holds.
 *
 * @param seed the seed that all random numbers come from
 */
@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
public record TrainingRegime(
    @Option(
            names = "--epochs",
            label = "N",
            defaultValue = "" + TrainingRegime.EPOCHS,
            help = "Passes over the training photos.")
        int epochs,
    @Option(names = "--batch", label = "N", help = "Photos per step. Default: 64.")
        @Nullable Integer batch,
    @Option(
            names = "--learning-rate",
            label = "R",
            help = "Peak learning rate of AdamW. Default: 0.002.")
        @Nullable Double learningRate,
    @Option(names = "--weight-decay", label = "D", help = "Weight decay of AdamW. Default: 0.05.")
        @Nullable Double weightDecay,
    @Option(
            names = "--warmup",
            label = "E",
            help = "Epochs of rising learning rate. Default: 2, at most a quarter of all.")
        @Nullable Double warmup,
    @Option(
            names = "--label-smoothing",
            label = "S",
            help = "Targets become S/2 and 1 - S/2. Default: 0.05 (vgg16), 0.1.")
        @Nullable Double labelSmoothing,
    @Option(names = "--clip", label = "L", help = "Gradients are clipped to this norm. Default: 2.")
        @Nullable Double clip,
    @Option(
            names = "--averaging",
            label = "A",
            help = "Share of the current weights in their running average. Default: 0.005.")
        @Nullable Double averaging,
    @Option(
            names = "--crop-area",
            label = "A",
            help = "Smallest crop, as a share of the photo. Default: 0.45 (vgg16), 0.35.")
        @Nullable Double cropArea,
    @Option(
            names = "--crop-aspect",
            label = "A",
            help = "Largest aspect ratio of a crop, width by height. Default: 4/3.")
        @Nullable Double cropAspect,
    @Option(
            names = "--contrast",
            label = "C",
            help = "Contrast is multiplied by 1 - C to 1 + C. Default: 0.3 (vgg16), 0.4.")
        @Nullable Double contrast,
    @Option(
            names = "--brightness",
            label = "B",
            help = "Gray is moved by at most B. Default: 0.15 (vgg16), 0.2.")
        @Nullable Double brightness,
    @Option(
            names = "--erase",
            label = "P",
            help = "Probability of erasing a rectangle. Default: 0.1 (vgg16), 0.25.")
        @Nullable Double erase,
    @Option(
            names = "--shift",
            label = "S",
            help =
                "Crop the centre of the photo, shifted horizontally and vertically by up to S of"
                    + " the canvas (0: always centred; 0.5: anywhere with equal frequency), filling"
                    + " uncovered areas by reflection. Default: crops lie anywhere in the photo.")
        @Nullable Double shift,
    @Option(
            names = "--treat",
            label = "HOW",
            defaultValue = "none",
            help =
                "What is done to training photos: white-border (all shrunk to three quarters,"
                    + " on white), blurred-border (the outer eighth of all blurred), inverted,"
                    + " no-plain-white (leaves out other things on plain white), or"
                    + " cats-on-white or others-on-white (a quarter of the cats, or of the"
                    + " others, fade to plain white around their middle).")
        @Nullable String treat,
    @Option(
            names = "--colour",
            help = "Train on the colours of photos: three channels instead of gray alone.")
        boolean colour,
    @Option(
            names = "--precision",
            label = "P",
            defaultValue = "bfloat16",
            help = "float32 or bfloat16.")
        @Nullable String precision,
    @Seed long seed) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Precision PRECISION = Precision.BFLOAT16;

  /** What a card calls the layers that are stored in half precision, which is not of the regime. */
  static final String HALF = "half";

  /** How many epochs there are unless told otherwise. */
  public static final int EPOCHS = 40;

  /** The regime of the mini classifiers. */
  static TrainingRegime standard() {
    return standard(EPOCHS);
  }

  /** The regime of the mini classifiers for another number of epochs. */
  static TrainingRegime standard(int epochs) {
    return read(Map.of("epochs", epochs, "seed", 1));
  }

  /**
   * Reads the regime that a card tells, with the defaults of what it does not.
   *
   * @throws IllegalArgumentException when it tells of something else
   */
  static TrainingRegime recorded(TrainingRecord record) {
    Map<String, Object> told = new LinkedHashMap<>(record.options());
    told.put("epochs", record.epochs());
    told.put("seed", record.seed());
    told.remove(HALF);
    return read(told);
  }

  private static TrainingRegime read(Map<String, ?> told) {
    try {
      TrainingRegime regime = MAPPER.convertValue(told, TrainingRegime.class);
      regime.computePrecision();
      return regime;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "its card tells of a training that this whisker can't repeat: " + why(e), e);
    }
  }

  /** The reason of an error, in one line. */
  private static String why(IllegalArgumentException e) {
    if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
      return "unknown option '" + unknown.getPropertyName() + "'";
    }
    if (e.getCause() instanceof InvalidFormatException bad) {
      String option = bad.getPath().get(bad.getPath().size() - 1).getFieldName();
      return "%s is '%s', expected a number".formatted(option, bad.getValue());
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * What convolutions are computed in.
   *
   * @throws IllegalArgumentException unless it is float32 or bfloat16
   */
  public Precision computePrecision() {
    return precision == null ? PRECISION : Precision.parse("--precision", precision);
  }

  /**
   * Completes the regime by the defaults for an architecture.
   *
   * @throws IllegalArgumentException for an impossible value
   */
  public TrainingOptions options(Kind kind) {
    TrainingOptions base = defaults(kind);
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
            shift == null ? varied.shift() : OptionalDouble.of(shift),
            treat == null ? varied.treatment() : PhotoTreatment.parse(treat)),
        seed);
  }

  private TrainingOptions defaults(Kind kind) {
    TrainingOptions standard = TrainingOptions.defaults(epochs, seed);
    return switch (kind) {
      case INCEPTION_RESNET_V2, MOBILENET_V2, TF_MOBILENET_V2, ONNX -> standard;
      case VGG16 ->
          standard
              .withLabelSmoothing(0.05)
              .withAugmentation(new Augmentation(0.45, 4 / 3.0, 0.3, 0.15, 0.1));
    };
  }

  private static double orElse(@Nullable Double value, double fallback) {
    return value == null ? fallback : value;
  }

  /** All that is given, but epochs and seed, by the names that users type. */
  public static Map<String, String> named(TrainingOptions options, Precision precision) {
    Map<String, Object> all = new TreeMap<>();
    Entries.put(all, options);
    all.keySet().removeAll(List.of("epochs", "seed"));
    Map<String, String> named = new TreeMap<>();
    all.forEach((name, value) -> named.put(name, value.toString()));
    named.put("precision", precision.label());
    return named;
  }
}
