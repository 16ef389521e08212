package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/**
 * A network architecture and its scaling.
 *
 * @param width multiplier of the channel counts; 1 is full size
 * @param repeats Inception-ResNet v2's blocks at 35x35, 17x17 and 8x8 (10, 20, 9 in the published
 *     network); empty for VGG-16, which has none
 * @param batchNorm whether VGG-16's convolutions have batch norm (Inception-ResNet v2's always do)
 * @param headWidth units of VGG-16's two hidden linear layers (4096); 0 for a head without hidden
 *     layers
 * @param pooledSize height and width after the last pooling (VGG-16: 7; global pooling: 1)
 * @param dropout probability in [0, 1), in training only
 */
public record Architecture(
    Kind kind,
    double width,
    List<Integer> repeats,
    boolean batchNorm,
    int headWidth,
    int pooledSize,
    double dropout) {
  private static final double MOST_WIDTH = 64;
  private static final int MOST_REPEATS = 1_000;
  private static final int MOST_HEAD = 1 << 20;
  private static final int MOST_POOLED = 1_024;

  /** The two networks. */
  public enum Kind {
    VGG16("vgg16"),
    INCEPTION_RESNET_V2("inception-resnet-v2");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As users type it. */
    @JsonValue
    public String label() {
      return label;
    }
  }

  public Architecture {
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
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1): " + dropout);
    }
  }
}
