package org.whisker.classifier;

import java.util.List;
import org.whisker.network.FeatureShape;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.Network;
import org.whisker.network.Vgg16;

/** From a card to the network that it describes. */
public final class Networks {
  private Networks() {}

  /** The network of {@code card}, with one output. */
  public static Network of(ModelCard card) {
    return of(card.architecture(), card.input(), 1).withPadding(card.padding());
  }

  /** The network of an architecture for an input, with so many outputs and zero padding. */
  public static Network of(Architecture architecture, ModelCard.Input input, int outputs) {
    FeatureShape shape = new FeatureShape(input.channels(), input.height(), input.width());
    return switch (architecture.kind()) {
      case VGG16 -> vgg16(architecture, shape, outputs);
      case INCEPTION_RESNET_V2 -> inceptionResNetV2(architecture, shape, outputs);
    };
  }

  private static Network vgg16(Architecture a, FeatureShape input, int outputs) {
    Vgg16.Head head =
        a.headWidth() == 0
            ? new Vgg16.Head.Pooled(a.dropout())
            : new Vgg16.Head.Flattening(a.pooledSize(), a.headWidth(), a.dropout());
    return Vgg16.of(new Vgg16.Options(input, a.width(), a.batchNorm(), head, outputs));
  }

  private static Network inceptionResNetV2(Architecture a, FeatureShape input, int outputs) {
    List<Integer> n = a.repeats();
    if (n.size() != 3) {
      throw new IllegalArgumentException("repeats must be three numbers such as 10,20,9: " + n);
    }
    return InceptionResNetV2.of(
        new InceptionResNetV2.Options(
            input, a.width(), n.get(0), n.get(1), n.get(2), a.dropout(), outputs));
  }
}
