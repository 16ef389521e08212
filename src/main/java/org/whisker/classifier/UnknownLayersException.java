package org.whisker.classifier;

/** The operation needs a network's layers, but the model is a TorchScript module. */
public final class UnknownLayersException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownLayersException(String name) {
    super(
        name
            + " is a TorchScript module, whose layers are not known: no other padding, no Grad-CAM,"
            + " no bfloat16, no look inside; import its weights with --arch if it is a VGG-16 or an"
            + " Inception-ResNet v2");
  }
}
