package org.whisker.feature.diagnose;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.Subject;
import org.whisker.network.Network;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/** A model of the store under diagnosis. */
record DiagnosedModel(StoredModel stored, TorchClassifier.Settings settings) implements Subject {
  @Override
  public DifferentiableClassifier open() throws IOException {
    return Classifiers.openAny(stored, settings);
  }

  @Override
  public Optional<Network> network() {
    return stored.card().isModule() ? Optional.empty() : Optional.of(Networks.of(stored.card()));
  }

  @Override
  public ActivationClassifier openCut(UnaryOperator<Network> change) throws IOException {
    return Classifiers.openCut(stored, change, settings);
  }

  @Override
  public Classifier openAveraged(UnaryOperator<Network> change) throws IOException {
    return Classifiers.openAveraged(stored, change, settings);
  }
}
