package org.whisker.classifier;

import java.util.List;
import java.util.stream.Collectors;
import org.whisker.weights.Weights;

/**
 * A network as published with ImageNet weights, and the properties that vary between weights files.
 *
 * @param kind the architecture
 * @param side height and width of its input
 * @param trainedWith the preprocessing of its training photos
 * @param firsts names of the tensor whose shape gives the number of channels
 * @param heads names of the tensor whose shape gives the number of outputs
 */
public record PublishedModel(
    Architecture.Kind kind,
    int side,
    Preprocessing trainedWith,
    List<String> firsts,
    List<String> heads) {
  private static final Preprocessing IMAGENET_COLOURS =
      new Preprocessing(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

  /** torchvision's, and timm's {@code vgg16.tv_in1k}; with batch norm, {@code vgg16_bn}. */
  public static final PublishedModel VGG16 =
      new PublishedModel(
          Architecture.Kind.VGG16,
          224,
          IMAGENET_COLOURS,
          List.of("features.0.weight"),
          List.of("classifier.6.weight", "head.fc.weight"));

  /** timm's {@code inception_resnet_v2.tf_in1k}. */
  public static final PublishedModel INCEPTION_RESNET_V2 =
      new PublishedModel(
          Architecture.Kind.INCEPTION_RESNET_V2,
          299,
          new Preprocessing(0.5f, 0.5f),
          List.of("conv2d_1a.conv.weight"),
          List.of("classif.weight"));

  private static final List<String> MOBILENET_FIRSTS =
      List.of("features.0.0.weight", "conv_stem.weight", "conv00.weight");
  private static final List<String> MOBILENET_HEADS =
      List.of("classifier.1.weight", "classifier.weight", "conv52.weight");

  /** torchvision's, and timm's {@code mobilenetv2_100.ra_in1k}. */
  public static final PublishedModel MOBILENET_V2 =
      new PublishedModel(
          Architecture.Kind.MOBILENET_V2, 224, IMAGENET_COLOURS, MOBILENET_FIRSTS, MOBILENET_HEADS);

  /** TensorFlow's, of which Coral's {@code mobilenet_v2_1.0_224_quant} is one. */
  public static final PublishedModel TF_MOBILENET_V2 =
      new PublishedModel(
          Architecture.Kind.TF_MOBILENET_V2,
          224,
          new Preprocessing(0.5f, 0.5f),
          MOBILENET_FIRSTS,
          MOBILENET_HEADS);

  /** ImageNet's tabby, tiger cat, Persian, Siamese and Egyptian cat. */
  public static final List<Integer> IMAGENET_CATS = List.of(281, 282, 283, 284, 285);

  private static final List<PublishedModel> ALL =
      List.of(VGG16, INCEPTION_RESNET_V2, MOBILENET_V2, TF_MOBILENET_V2);
  private static final int IMAGENET = 1000;

  public PublishedModel {
    firsts = List.copyOf(firsts);
    heads = List.copyOf(heads);
  }

  /**
   * The variant in a weights file, from the shapes of its first and last tensors. If they are
   * missing, the published variant: fitting the weights then names them.
   *
   * @param input channels as in the file, the published size
   * @param outputs the number of outputs of its last layer
   */
  public record Found(Architecture architecture, ModelCard.Input input, int outputs) {
    /**
     * ImageNet's cats when these are ImageNet's classes, else none. TensorFlow's networks have
     * another class, the background, before them.
     */
    public List<Integer> catClasses() {
      return switch (outputs) {
        case IMAGENET -> IMAGENET_CATS;
        case IMAGENET + 1 -> IMAGENET_CATS.stream().map(cat -> cat + 1).toList();
        default -> List.of();
      };
    }
  }

  /** All published models that whisker can read. */
  public static List<PublishedModel> all() {
    return ALL;
  }

  /**
   * Finds a model by its architecture's label.
   *
   * @throws IllegalArgumentException for another word, listing these
   */
  public static PublishedModel parse(String label) {
    return ALL.stream()
        .filter(model -> model.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no architecture '%s'; there are %s"
                        .formatted(
                            label,
                            ALL.stream()
                                .map(PublishedModel::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** The word by which options name it. */
  public String label() {
    return kind.label();
  }

  /** The preprocessing of its training; for a single channel, the mean over the channels. */
  public Preprocessing preprocessing(int channels) {
    if (channels > 1 || trainedWith.isUniform()) {
      return trainedWith;
    }
    return new Preprocessing(mean(trainedWith.mean()), mean(trainedWith.sd()));
  }

  private static float mean(List<Float> values) {
    return (float) values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
  }

  public Found found(Weights weights) {
    int channels = dimension(weights, firsts, 1, 3) == 1 ? 1 : 3;
    int outputs = dimension(weights, heads, 0, IMAGENET);
    return new Found(
        architecture(weights.names().stream().anyMatch(n -> n.endsWith(".running_mean"))),
        new ModelCard.Input(channels, side, side),
        Math.max(1, outputs));
  }

  /**
   * The architecture at its published size.
   *
   * @param batchNorm whether it has batch norm; every Inception-ResNet v2 has
   */
  public Architecture architecture(boolean batchNorm) {
    return switch (kind) {
      case VGG16 -> new Architecture(kind, 1, List.of(), batchNorm, 4096, 7, 0.5);
      case INCEPTION_RESNET_V2 -> new Architecture(kind, 1, List.of(10, 20, 9), true, 0, 1, 0.2);
      case MOBILENET_V2, TF_MOBILENET_V2 ->
          new Architecture(kind, 1, List.of(), batchNorm, 0, 1, 0.2);
      case ONNX -> throw new IllegalStateException("no published network");
    };
  }

  /** A dimension of the first of these tensors that the weights have. */
  private static int dimension(Weights weights, List<String> names, int which, int otherwise) {
    return names.stream()
        .filter(weights.names()::contains)
        .map(weights::shape)
        .filter(shape -> which < shape.size())
        .map(shape -> shape.get(which))
        .findFirst()
        .orElse(otherwise);
  }
}
