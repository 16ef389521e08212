package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Network;
import org.whisker.value.Checks;

/**
 * A network architecture and its scaling.
 *
 * @param width multiplier of the channel counts; 1 is full size
 * @param repeats Inception-ResNet v2's blocks at 35x35, 17x17 and 8x8 (10, 20, 9 in the published
 *     network); empty for the others, which have none
 * @param batchNorm whether convolutions have batch norm (Inception-ResNet v2's always do)
 * @param headWidth units of VGG-16's two hidden linear layers (4096); 0 for a head without hidden
 *     layers
 * @param pooledSize height and width after the last pooling (VGG-16: 7; global pooling: 1)
 * @param dropout probability in [0, 1), in training only
 * @param layers the layers of an imported network, for its own input and outputs; null for the
 *     others
 */
public record Architecture(
    Kind kind,
    double width,
    List<Integer> repeats,
    boolean batchNorm,
    int headWidth,
    int pooledSize,
    double dropout,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
        @Nullable Network layers) {
  private static final double MOST_WIDTH = 64;
  private static final int MOST_REPEATS = 1_000;
  private static final int MOST_HEAD = 1 << 20;
  private static final int MOST_POOLED = 1_024;

  public enum Kind {
    VGG16("vgg16"),
    INCEPTION_RESNET_V2("inception-resnet-v2"),
    /** torchvision's and timm's, with symmetric padding. */
    MOBILENET_V2("mobilenet-v2"),
    /** TensorFlow's, with SAME padding. */
    TF_MOBILENET_V2("tf-mobilenet-v2"),
    /** Any architecture, read from an ONNX file. */
    ONNX("onnx");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** All labels, with this word before the last one: "a, b or c". */
    public static String all(String last) {
      List<String> labels =
          Stream.of(values()).filter(kind -> kind != ONNX).map(Kind::label).toList();
      int end = labels.size() - 1;
      return String.join(", ", labels.subList(0, end)) + last + labels.get(end);
    }

    /** The word by which options and cards name it. */
    @JsonValue
    public String label() {
      return label;
    }
  }

  /** An architecture that whisker builds itself, without imported layers. */
  public Architecture(
      Kind kind,
      double width,
      List<Integer> repeats,
      boolean batchNorm,
      int headWidth,
      int pooledSize,
      double dropout) {
    this(kind, width, repeats, batchNorm, headWidth, pooledSize, dropout, null);
  }

  public static Architecture imported(Network layers) {
    return new Architecture(Kind.ONNX, 1, List.of(), false, 0, 1, 0, layers);
  }

  public Architecture {
    if ((kind == Kind.ONNX) != (layers != null)) {
      throw new IllegalArgumentException("layers belong to an imported network, and only to one");
    }
    Objects.requireNonNull(kind, "kind");
    repeats = List.copyOf(repeats);
    if (!(width > 0 && width <= MOST_WIDTH)) {
      throw new IllegalArgumentException(
          "width must be above 0 and at most " + MOST_WIDTH + ", was " + width);
    }
    if (repeats.stream().anyMatch(n -> n < 0 || n > MOST_REPEATS)) {
      throw new IllegalArgumentException(
          "repeats must be 0 to " + MOST_REPEATS + ", were " + repeats);
    }
    if (headWidth < 0 || headWidth > MOST_HEAD) {
      throw new IllegalArgumentException(
          "headWidth must be 0 to " + MOST_HEAD + ", was " + headWidth);
    }
    if (pooledSize < 1 || pooledSize > MOST_POOLED) {
      throw new IllegalArgumentException(
          "pooledSize must be 1 to " + MOST_POOLED + ", was " + pooledSize);
    }
    Checks.require(dropout >= 0 && dropout < 1, "dropout must be in [0, 1): %s", dropout);
  }
}
