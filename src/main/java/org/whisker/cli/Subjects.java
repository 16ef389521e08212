package org.whisker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.explain.ModelSummary;
import org.whisker.explain.Subject;
import org.whisker.network.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/** From stored models to what the protocol works on. */
final class Subjects {
  private Subjects() {}

  /** A model, and how it is opened with {@code other} padding (with its own there is no swap). */
  static Subject of(StoredModel stored, Padding other, TorchClassifier.Settings settings) {
    ModelCard card = stored.card();
    Optional<Subject.Swap> swap =
        card.isModule() || card.padding() == other
            ? Optional.empty()
            : Optional.of(
                new Subject.Swap(
                    other.label(), () -> open(() -> Classifiers.open(stored, other, settings))));
    return new Subject(
        summary(card), () -> open(() -> Classifiers.openAny(stored, settings)), swap);
  }

  private interface Opening {
    DifferentiableClassifier open() throws IOException;
  }

  private static DifferentiableClassifier open(Opening opening) {
    try {
      return opening.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String architecture(ModelCard card) {
    Architecture architecture = card.architecture();
    return architecture == null
        ? "a TorchScript module"
        : card.kind() + ", width " + architecture.width();
  }

  static ModelSummary summary(ModelCard card) {
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
