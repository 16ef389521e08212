package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.network.Network;

/**
 * What passes other things back than gradients, for a network whose scoring module is loaded:
 * compiled on first use, sharing its tensors.
 */
final class RuleModules implements AutoCloseable {
  private final Network network;
  private final Precision precision;
  private final Preprocessing preprocessing;
  private final TorchDevice device;
  private final TorchModule scoring;
  private final Map<RelevanceRule, TorchModule> relevances = new EnumMap<>(RelevanceRule.class);
  private @Nullable TorchModule rescaling;

  RuleModules(
      Network network,
      Precision precision,
      Preprocessing preprocessing,
      TorchDevice device,
      TorchModule scoring) {
    this.network = network;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.device = device;
    this.scoring = scoring;
  }

  /** The relevance of the pixels of a batch. */
  NDArray relevances(NDManager scope, RelevanceRule rule, NDArray x) {
    TorchModule module =
        relevances.computeIfAbsent(
            rule,
            each -> load(new RelevanceScript(network, precision, preprocessing, each).archive()));
    return module.record(scope, "relevance", x).singletonOrThrow();
  }

  /** The contributions of the pixels of a batch, relative to those of another. */
  NDArray rescaled(NDManager scope, NDArray x, NDArray references) {
    TorchModule module = rescaling;
    if (module == null) {
      module = load(new RescaleScript(network, precision, preprocessing).archive());
      rescaling = module;
    }
    return module.record(scope, "rescaled", x, references).singletonOrThrow();
  }

  private TorchModule load(byte[] archive) {
    TorchModule module = TorchModule.load(archive, device.djl());
    module.share(scoring);
    return module;
  }

  @Override
  public void close() {
    relevances.values().forEach(TorchModule::close);
    if (rescaling != null) {
      rescaling.close();
    }
  }
}
