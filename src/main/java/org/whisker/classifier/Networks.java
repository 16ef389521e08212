package org.whisker.classifier;

import java.util.List;
import java.util.Objects;
import org.whisker.io.ClassWords;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Resized;
import org.whisker.network.Vgg16;
import org.whisker.network.Window.Padding;
import org.whisker.value.Checks;

/** Builds the network that a card describes. */
public final class Networks {
  private Networks() {}

  /**
   * The network of {@code card}: its last layer outputs the one logit against the target.
   *
   * @throws UnknownLayersException for a TorchScript module
   */
  public static Network of(ModelCard card) {
    Architecture architecture = card.architecture();
    Padding padding = card.padding();
    if (architecture == null || padding == null) {
      throw new UnknownLayersException(card.name());
    }
    Output output = card.output();
    Network network = of(architecture, card.input(), output.size()).withPadding(padding);
    if (output.isNotCatLogit()) {
      return network;
    }
    if (output.form() != Output.Form.LOGITS) {
      throw new IllegalArgumentException(
          card.name() + " gives a " + output.label() + "; an architecture gives logits");
    }
    return network.withLast(output.isOfCat() ? Output.CAT : ClassWords.TARGET, output.logit());
  }

  /** The network of an architecture for an input, with this number of outputs and zero padding. */
  public static Network of(Architecture architecture, ModelCard.Input input, int outputs) {
    FeatureShape shape = new FeatureShape(input.channels(), input.height(), input.width());
    return switch (architecture.kind()) {
      case VGG16 -> vgg16(architecture, shape, outputs);
      case INCEPTION_RESNET_V2 -> inceptionResNetV2(architecture, shape, outputs);
      case MOBILENET_V2 ->
          mobileNetV2(architecture, shape, outputs, MobileNetV2.Variant.TORCHVISION);
      case TF_MOBILENET_V2 ->
          mobileNetV2(architecture, shape, outputs, MobileNetV2.Variant.TENSORFLOW);
      case ONNX -> Resized.of(Objects.requireNonNull(architecture.layers()), shape, outputs);
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
    Checks.refuse(n.size() != 3, "repeats must be three numbers such as 10,20,9: %s", n);
    return InceptionResNetV2.of(
        new InceptionResNetV2.Options(
            input, a.width(), n.get(0), n.get(1), n.get(2), a.dropout(), outputs));
  }

  private static Network mobileNetV2(
      Architecture a, FeatureShape input, int outputs, MobileNetV2.Variant variant) {
    return MobileNetV2.of(
        new MobileNetV2.Options(input, a.width(), variant, a.batchNorm(), a.dropout(), outputs));
  }

  /** The operation needs a network's layers, but the model is a TorchScript module. */
  public static final class UnknownLayersException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownLayersException(String name) {
      super(
          name
              + " is a TorchScript module, whose layers are not known: no other padding, no Grad-CAM,"
              + " no bfloat16, no look inside; import its weights with --arch if it is a VGG-16 or an"
              + " Inception-ResNet v2");
    }
  }
}
