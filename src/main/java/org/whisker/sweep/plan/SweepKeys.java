package org.whisker.sweep.plan;

import java.util.List;
import java.util.Objects;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Sha256;
import org.whisker.study.WhiskerVersion;
import org.whisker.sweep.Numerics;
import org.whisker.sweep.SweepTask;
import org.whisker.torch.Classifiers;

/**
 * Keys of tasks: a hash of all that a result depends on.
 *
 * @param numerics and the engine, in words
 * @param version of whisker
 */
record SweepKeys(String numerics, String version) {
  private static final int DIGITS = 32;

  static SweepKeys of(Numerics numerics) {
    return new SweepKeys(numerics.label(Classifiers.engine()), WhiskerVersion.get());
  }

  /** The key of a run of a configuration that is given in full. */
  String of(SweepTask.Kind kind, String model, String configuration, long seed) {
    List<String> all =
        List.of(kind.label(), model, configuration, Long.toString(seed), numerics, version);
    return Sha256.ofText(String.join("\n", all)).substring(0, DIGITS);
  }

  /** A model by all that its scores depend on, and not by its name. */
  static String model(ModelCard card) {
    return String.join(
        " ",
        card.weights().sha256(),
        Objects.toString(card.architecture()),
        card.input().toString(),
        card.preprocessing().toString(),
        card.output().toString(),
        card.paddingLabel());
  }
}
