package org.whisker.cli.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.train.StartingPoint;
import picocli.CommandLine.Option;

/** Which network to train, at which scale. */
final class ArchitectureOptions {
  private static final int SIZE = 128;

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      description =
          "vgg16, inception-resnet-v2, mobilenet-v2 or tf-mobilenet-v2 (TensorFlow's padding).")
  private @Nullable String arch;

  @Option(
      names = "--width",
      paramLabel = "W",
      description =
          "Fraction of the published number of channels. Default: 0.125 (vgg16), 1 (MobileNet v2),"
              + " 0.25.")
  private @Nullable Double width;

  @Option(
      names = "--repeats",
      split = ",",
      paramLabel = "N",
      description = "inception-resnet-v2: number of blocks of each kind. Default: 3,6,3.")
  private @Nullable List<Integer> repeats;

  @Option(names = "--no-batch-norm", description = "vgg16, MobileNet v2: without batch norm.")
  private boolean noBatchNorm;

  @Option(
      names = "--head-width",
      paramLabel = "N",
      description = "vgg16: units of the hidden layers, 0 for global pooling. Default: 256.")
  private @Nullable Integer headWidth;

  @Option(
      names = "--pooled-size",
      paramLabel = "N",
      description = "vgg16: height and width of the input of the hidden layers. Default: 4.")
  private @Nullable Integer pooledSize;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Dropout before the last layers. Default: 0.3 (vgg16), 0.2, or that of --init.")
  private @Nullable Double dropout;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Height and width of the input in pixels. Default: 128, or that of --init.")
  private @Nullable Integer size;

  @Option(
      names = "--padding",
      paramLabel = "P",
      description =
          "Padding at the border: zero, reflect, replicate or circular. Default: zero, or that of"
              + " --init.")
  private @Nullable String padding;

  /**
   * A training from fresh weights.
   *
   * @throws InvalidRequestException for what can't be
   */
  StartingPoint.Fresh fresh() {
    int side = orElse(size, SIZE);
    return InvalidRequestException.check(
        () ->
            new StartingPoint.Fresh(
                architecture(),
                new ModelCard.Input(1, side, side),
                padding().orElse(Padding.ZERO)));
  }

  private Kind kind() {
    InvalidRequestException.refuse(
        arch == null, "name the network: --arch " + Kind.all(" or ") + ", or --init MODEL");
    return Stream.of(Kind.values())
        .filter(kind -> kind.label().equals(arch))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "--arch must be " + Kind.all(" or ") + ", was '" + arch + "'"));
  }

  private Architecture architecture() {
    return switch (kind()) {
      case VGG16 -> vgg16();
      case INCEPTION_RESNET_V2 -> inceptionResNetV2();
      case MOBILENET_V2, TF_MOBILENET_V2 -> mobileNetV2(kind());
      case ONNX ->
          throw new InvalidRequestException(
              "--arch onnx is no network to train from fresh weights; name a model by --init");
    };
  }

  private Architecture mobileNetV2(Kind kind) {
    refuse("--repeats", repeats != null);
    refuse("--head-width", headWidth != null);
    refuse("--pooled-size", pooledSize != null);
    return new Architecture(
        kind, orElse(width, 1), List.of(), !noBatchNorm, 0, 1, orElse(dropout, 0.2));
  }

  private Architecture vgg16() {
    refuse("--repeats", repeats != null);
    return new Architecture(
        Kind.VGG16,
        orElse(width, 0.125),
        List.of(),
        !noBatchNorm,
        orElse(headWidth, 256),
        orElse(pooledSize, 4),
        orElse(dropout, 0.3));
  }

  private Architecture inceptionResNetV2() {
    refuse("--no-batch-norm", noBatchNorm);
    refuse("--head-width", headWidth != null);
    refuse("--pooled-size", pooledSize != null);
    return new Architecture(
        Kind.INCEPTION_RESNET_V2,
        orElse(width, 0.25),
        repeats == null ? List.of(3, 6, 3) : repeats,
        true,
        0,
        1,
        orElse(dropout, 0.2));
  }

  private void refuse(String option, boolean given) {
    if (given) {
      throw new InvalidRequestException(
          option + " has no meaning for --arch " + arch + "; leave it out");
    }
  }

  private static double orElse(@Nullable Double value, double fallback) {
    return value == null ? fallback : value;
  }

  private static int orElse(@Nullable Integer value, int fallback) {
    return value == null ? fallback : value;
  }

  private Optional<Padding> padding() {
    return Optional.ofNullable(padding).map(Padding::parse);
  }

  /**
   * A training from the weights of a model, with what is to differ from it.
   *
   * @throws InvalidRequestException for an option that would make its weights useless
   */
  StartingPoint.Pretrained pretrained(
      String model, OptionalInt frozenEpochs, OptionalDouble releaseRate) {
    refuseBesideInit("--arch", arch != null);
    refuseBesideInit("--width", width != null);
    refuseBesideInit("--repeats", repeats != null);
    refuseBesideInit("--no-batch-norm", noBatchNorm);
    refuseBesideInit("--head-width", headWidth != null);
    refuseBesideInit("--pooled-size", pooledSize != null);
    return InvalidRequestException.check(
        () ->
            new StartingPoint.Pretrained(
                model,
                size == null ? OptionalInt.empty() : OptionalInt.of(size),
                padding(),
                dropout == null ? OptionalDouble.empty() : OptionalDouble.of(dropout),
                frozenEpochs,
                releaseRate));
  }

  private static void refuseBesideInit(String option, boolean given) {
    InvalidRequestException.refuse(
        given, option + " and --init exclude each other: the model's layers are given");
  }
}
