package org.whisker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
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
    Padding own = stored.card().padding();
    Optional<Subject.Swap> swap =
        own == other
            ? Optional.empty()
            : Optional.of(new Subject.Swap(other.label(), () -> open(stored, other, settings)));
    return new Subject(summary(stored.card()), () -> open(stored, own, settings), swap);
  }

  private static DifferentiableClassifier open(
      StoredModel stored, Padding padding, TorchClassifier.Settings settings) {
    try {
      return Classifiers.open(stored, padding, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelSummary summary(ModelCard card) {
    ModelCard.Input in = card.input();
    Figures figures = card.figures();
    return new ModelSummary(
        card.name(),
        card.architecture().kind().label() + ", width " + card.architecture().width(),
        in.channels() + "x" + in.height() + "x" + in.width(),
        Networks.of(card).trainedSize(),
        card.padding().label(),
        figures == null ? OptionalDouble.empty() : OptionalDouble.of(figures.accuracy()),
        figures == null ? 0 : figures.photos(),
        card.weights().sha256());
  }
}
