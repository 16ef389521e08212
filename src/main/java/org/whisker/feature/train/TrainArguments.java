package org.whisker.feature.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.network.FreshHead;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.training.Teacher.Distillation;
import org.whisker.training.TrainingTask.FineTuning;
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
    if (options.remove(TrainingRecord.COLOUR) != null) {
      words.add("--" + TrainingRecord.COLOUR);
    }
    options.forEach((name, value) -> add("--" + name, value));
  }

  private void add(String option, String value) {
    words.add(option);
    words.add(value);
  }

  /** What a model's card says of having been taught by another model. */
  public static final class TeachingRecord {
    /** What a card calls the teacher. */
    public static final String KEY = "teacher";

    /** Name in a card of the SHA-256 of the teacher's weights. */
    public static final String SHA256 = "teacher-sha256";

    static final String TEMPERATURE = "temperature";
    static final String MIXUP = "mixup";
    static final String VIEWS = "views";
    static final String VIEWS_SEED = "views-seed";
    static final String FEATURES = "feature-weight";

    private TeachingRecord() {}

    /** How a model was taught, by the names that users type. */
    static Map<String, String> named(Distillation how) {
      Map<String, String> named = new TreeMap<>();
      named.put(KEY, how.model());
      named.put(SHA256, how.sha256());
      named.put(TEMPERATURE, Double.toString(how.temperature()));
      named.put(MIXUP, Double.toString(how.mixup()));
      named.put(VIEWS, Integer.toString(how.views()));
      how.viewsSeed().ifPresent(seed -> named.put(VIEWS_SEED, Long.toString(seed)));
      if (how.ofFeatures()) {
        named.put(FEATURES, Double.toString(how.featureWeight()));
      }
      return named;
    }

    /** A card's record without what {@link #named} says. */
    static TrainingRecord without(TrainingRecord record) {
      return record.without(KEY, SHA256, TEMPERATURE, MIXUP, VIEWS, VIEWS_SEED, FEATURES);
    }
  }

  /** What a model's card says of having been trained on from another model's weights. */
  public static final class TuningRecord {
    /** What a card calls the model whose weights were trained on. */
    public static final String KEY = "init";

    private static final String RATE = "release-rate";

    /** Name in a card of the SHA-256 of the first weights. */
    public static final String SHA256 = "init-sha256";

    private static final String FROZEN = "frozen-epochs";
    private static final String HEAD = "head";
    private static final String FEATURES = "features";

    private TuningRecord() {}

    /**
     * The rate at which all layers were trained, if a card tells of one.
     *
     * @throws IllegalArgumentException when that is no number
     */
    public static OptionalDouble releaseRate(TrainingRecord record) {
      String rate = record.options().get(RATE);
      try {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(rate));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "its card has a %s of '%s', expected a number".formatted(RATE, rate), e);
      }
    }

    /** A card's record without what {@link #named} says. */
    static TrainingRecord without(TrainingRecord record) {
      return record.without(KEY, SHA256, FROZEN, RATE, HEAD, FEATURES);
    }

    /** How a model was trained on, by the names that users type. */
    static Map<String, String> named(FineTuning tuning) {
      Map<String, String> named = new TreeMap<>();
      named.put(KEY, tuning.model());
      named.put(SHA256, tuning.sha256());
      named.put(FROZEN, Integer.toString(tuning.frozenEpochs()));
      named.put(RATE, Double.toString(tuning.releaseRate()));
      tuning.head().ifPresent(head -> named.put(HEAD, head.form().label()));
      tuning.head().flatMap(FreshHead::features).ifPresent(layer -> named.put(FEATURES, layer));
      return named;
    }
  }
}
