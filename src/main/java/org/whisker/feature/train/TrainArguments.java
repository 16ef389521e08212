package org.whisker.feature.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.TrainingRecord;
import org.whisker.network.Padding;
import org.whisker.torch.Precision;
import org.whisker.weights.DType;

/** The arguments of {@code train} that make a model again, as its card tells them. */
public final class TrainArguments {
  private static final int SIZE = 128;

  private final List<String> words = new ArrayList<>();

  private TrainArguments() {}

  /**
   * All that differs from a default, with {@code photos} for the photos.
   *
   * @return empty for a model that was not trained by whisker
   */
  public static Optional<List<String>> of(ModelCard card) {
    TrainingRecord record = card.training();
    Architecture architecture = card.architecture();
    if (record == null || architecture == null) {
      return Optional.empty();
    }
    TrainArguments it = new TrainArguments();
    if (record.options().containsKey(TuningRecord.KEY)) {
      it.words.addAll(List.of("--init", record.options().getOrDefault(TuningRecord.KEY, "")));
    } else {
      it.network(card, architecture);
    }
    it.regime(record, architecture.kind());
    if (card.weights().dtype() != DType.F32) {
      it.add("--store", card.weights().dtype().name().toLowerCase(Locale.ROOT));
    }
    it.words.addAll(List.of("--data", "photos", "--out", "models/" + card.name()));
    if (record.researchOnly()) {
      it.words.add("--research-only");
    }
    return Optional.of(List.copyOf(it.words));
  }

  private void network(ModelCard card, Architecture a) {
    add("--arch", a.kind().label());
    add("--width", Double.toString(a.width()));
    if (!a.repeats().isEmpty()) {
      add("--repeats", a.repeats().stream().map(n -> "" + n).collect(Collectors.joining(",")));
    }
    if (!a.batchNorm()) {
      words.add("--no-batch-norm");
    }
    if (a.kind() == Kind.VGG16) {
      add("--head-width", Integer.toString(a.headWidth()));
      add("--pooled-size", Integer.toString(a.pooledSize()));
    }
    add("--dropout", Double.toString(a.dropout()));
    if (card.input().height() != SIZE) {
      add("--size", Integer.toString(card.input().height()));
    }
    if (card.padding() != null && card.padding() != Padding.ZERO) {
      add("--padding", card.padding().label());
    }
  }

  private void regime(TrainingRecord record, Kind kind) {
    add("--epochs", Integer.toString(record.epochs()));
    add("--seed", Long.toString(record.seed()));
    Map<String, String> options = new TreeMap<>(record.options());
    options
        .keySet()
        .removeAll(List.of(TuningRecord.KEY, TuningRecord.SHA256, TeachingRecord.SHA256));
    TrainingRegime.named(TrainingRegime.standard(record.epochs()).options(kind), Precision.BFLOAT16)
        .forEach((name, value) -> options.remove(name, value));
    if (options.containsKey(TeachingRecord.KEY)) {
      options.remove("label-smoothing"); // there are no labels
    }
    options.forEach((name, value) -> add("--" + name, value));
  }

  private void add(String option, String value) {
    words.add(option);
    words.add(value);
  }
}
