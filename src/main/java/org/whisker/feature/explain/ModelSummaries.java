package org.whisker.feature.explain;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.explain.ModelSummary;
import org.whisker.network.Network;

/** What a report says of stored models. */
final class ModelSummaries {
  private ModelSummaries() {}

  private static String architecture(ModelCard card) {
    Architecture architecture = card.architecture();
    if (architecture == null) {
      return "a TorchScript module";
    }
    Network layers = architecture.layers();
    return layers == null
        ? card.kind() + ", width " + architecture.width()
        : "an ONNX file of " + (layers.nodes().size() - 1) + " layers";
  }

  static ModelSummary of(ModelCard card) {
    ModelCard.Input in = card.input();
    Figures figures = card.figures();
    return new ModelSummary(
        card.name(),
        architecture(card),
        in.channels() + "x" + in.height() + "x" + in.width(),
        card.isModule() ? OptionalLong.empty() : OptionalLong.of(Networks.of(card).trainedSize()),
        card.paddingLabel(),
        figures == null ? OptionalDouble.empty() : OptionalDouble.of(figures.accuracy()),
        figures == null ? 0 : figures.photos(),
        card.weights().sha256());
  }
}
