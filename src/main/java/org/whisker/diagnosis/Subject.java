package org.whisker.diagnosis;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.network.Network;

/** The network that is diagnosed, and the same weights in other graphs. Callers close it. */
public interface Subject {
  /** Opens the network as it is. */
  DifferentiableClassifier open() throws IOException;

  /** The layers of the network; empty if they are not known. */
  Optional<Network> network();

  /** Opens the network in parts, with another graph; only where its layers are known. */
  ActivationClassifier openCut(UnaryOperator<Network> change) throws IOException;

  /**
   * Opens the network with another graph, each logit being the mean over all rolls of the last
   * feature map; only where its layers are known.
   *
   * @throws IllegalArgumentException if the head reads more than that map
   */
  Classifier openAveraged(UnaryOperator<Network> change) throws IOException;
}
