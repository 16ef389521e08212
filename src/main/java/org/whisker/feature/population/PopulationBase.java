package org.whisker.feature.population;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.job.InvalidRequestException;

/**
 * What all networks of one architecture in a population share.
 *
 * @param architecture with a flattening head where there can be one
 * @param side height and width of the gray input in pixels
 */
public record PopulationBase(Architecture architecture, int side) {
  private static final int VGG_SIDE = 64;

  // with reflected padding, whose last map must have two rows, nothing smaller can be
  private static final int INCEPTION_SIDE = 107;

  /**
   * A small network that trains in minutes.
   *
   * @param label as users type it
   * @throws InvalidRequestException for an architecture that there is not
   */
  public static PopulationBase of(String label) {
    Kind kind =
        Stream.of(Kind.values())
            .filter(k -> k.label().equals(label))
            .findFirst()
            .orElseThrow(() -> refused(label));
    return switch (kind) {
      case VGG16 ->
          new PopulationBase(new Architecture(kind, 0.125, List.of(), true, 64, 2, 0.2), VGG_SIDE);
      case INCEPTION_RESNET_V2 ->
          new PopulationBase(
              new Architecture(kind, 0.125, List.of(1, 1, 1), true, 0, 1, 0.1), INCEPTION_SIDE);
      case MOBILENET_V2, TF_MOBILENET_V2, ONNX -> throw refused(label);
    };
  }

  private static InvalidRequestException refused(String label) {
    return new InvalidRequestException(
        "--arch must be vgg16 or inception-resnet-v2, or both, was '" + label + "'");
  }

  Kind kind() {
    return architecture.kind();
  }

  /** Returns this architecture with another width and input size. */
  public PopulationBase with(double width, int otherSide) {
    Architecture a = architecture;
    return new PopulationBase(
        new Architecture(
            a.kind(),
            width,
            a.repeats(),
            a.batchNorm(),
            a.headWidth(),
            a.pooledSize(),
            a.dropout()),
        otherSide);
  }

  /** The heads that it can have; Inception-ResNet v2 pools in any case. */
  List<Member.Head> heads() {
    return kind() == Kind.VGG16
        ? List.of(Member.Head.FLATTENING, Member.Head.POOLED)
        : List.of(Member.Head.POOLED);
  }

  /** The architecture with this head. */
  Architecture with(Member.Head head) {
    Architecture a = architecture;
    return head == Member.Head.FLATTENING || a.headWidth() == 0
        ? a
        : new Architecture(
            a.kind(), a.width(), a.repeats(), a.batchNorm(), 0, a.pooledSize(), a.dropout());
  }

  ModelCard.Input input() {
    return new ModelCard.Input(1, side, side);
  }
}
