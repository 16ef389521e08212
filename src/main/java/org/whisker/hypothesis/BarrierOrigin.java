package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.PartShares;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.TrainingChange;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.classifier.Classifier;
import org.whisker.io.Decimals;
import org.whisker.position.DosePlan.Design;
import org.whisker.position.DoseResponse;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Experiment {@code barrier-origin}: networks trained on photos that differ in one property, and
 * how much more black pixels in the centre cost them than at the edge. That needs no search and has
 * little noise, so it tells networks apart that E does not. The unit is the network; networks of
 * two arms are paired by the seed of their training.
 */
public final class BarrierOrigin implements Hypothesis, Observer {
  /** A change that does not matter, in logits; fixed beforehand. */
  private static final double MARGIN = 0.1;

  private static final String OWN = "own";
  private static final String NO_PLAIN_WHITE = "without things on plain white";

  private static final String CATS_ON_WHITE = "with cats on plain white";
  private static final String OTHERS_ON_WHITE = "with more other things on plain white";

  private static final String OTHERS_RATHER = "with other things rather than cats on plain white";

  /** Of what is not named here, nothing is predicted. */
  private static final Map<String, Prediction> PREDICTED =
      Map.of(
          NO_PLAIN_WHITE, Prediction.FALLS,
          CATS_ON_WHITE, Prediction.FALLS,
          OTHERS_ON_WHITE, Prediction.RISES,
          OTHERS_RATHER, Prediction.RISES);

  /** What is changed, by the name of its observation. */
  private final Map<String, TrainingChange> changes;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "barrier-origin",
          "networks trained on photos that differ in one property (no other things on plain"
              + " white, cats on plain white, more other things on plain white, a white"
              + " border, a blurred border, inverted, shifted), with another padding, or with"
              + " a pooled head: how much more do black pixels cost in the centre than at the"
              + " edge? If a property causes the barrier, the barrier is lower in networks"
              + " trained without it."
              + Retraining.UNIT,
          new BarrierOrigin());

  public BarrierOrigin() {
    this(changes());
  }

  private BarrierOrigin(Map<String, TrainingChange> changes) {
    this.changes = changes;
  }

  private static Map<String, TrainingChange> changes() {
    Map<String, TrainingChange> changes = new LinkedHashMap<>();
    changes.put(NO_PLAIN_WHITE, new TrainingChange.Photos("no-plain-white"));
    changes.put(CATS_ON_WHITE, new TrainingChange.Photos("cats-on-white"));
    changes.put(OTHERS_ON_WHITE, new TrainingChange.Photos("others-on-white"));
    changes.put("on a white border", new TrainingChange.Photos("white-border"));
    changes.put("with a blurred border", new TrainingChange.Photos("blurred-border"));
    changes.put("inverted", new TrainingChange.Photos("inverted"));
    changes.put("centred", new TrainingChange.Shift(0));
    changes.put("shifted", new TrainingChange.Shift(0.5));
    changes.put("padded by reflection", new TrainingChange.Padding("reflect"));
    changes.put("with a pooled head", new TrainingChange.NewHead(true));
    return changes;
  }

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.ORIGIN,
              Wording.of(
                      "Does the barrier come from training photos of things on plain white?",
                      "the network retrained without photos of other things than cats on plain"
                          + " white",
                      "photos of things on plain white",
                      "without photos of things on plain white, black pixels in the middle cost"
                          + " less",
                      "without photos of things on plain white, black pixels in the middle cost as"
                          + " much",
                      "without photos of things on plain white, black pixels in the middle cost"
                          + " more")
                  .ofNetworks(),
              Decisive.by(NO_PLAIN_WHITE),
              Planned.fullWithPhotos(EXPERIMENT))
          .shown(List.of(Exhibit.ORIGINS, Exhibit.NETWORKS))
          .tables(OriginRow.TABLE)
          .tells("where the barrier comes from");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  @Override
  public Optional<String> clause(HypothesisResult decided) {
    List<String> causes =
        decided.observations().stream()
            .filter(
                row -> changes.containsKey(row.observed()) || row.observed().equals(OTHERS_RATHER))
            .filter(row -> row.pShaffer().isPresent() && row.pShaffer().getAsDouble() <= 0.05)
            .map(BarrierOrigin::told)
            .toList();
    if (!causes.isEmpty()) {
      return Optional.of(
          "the cost of the middle changes in networks trained " + String.join(", ", causes));
    }
    return decided.verdict() == Verdict.NO_EFFECT
        ? Optional.of(
            "training photos of other things on plain white do not make the barrier: without them"
                + " the middle costs as much")
        : Optional.empty();
  }

  private static String told(ObservationRow row) {
    return row.observed() + " (by " + Decimals.fixed(row.effect(), 1) + " logits)";
  }

  @Override
  public boolean needsCats() {
    return false;
  }

  @Override
  public List<String> parts() {
    return List.copyOf(changes.keySet());
  }

  @Override
  public Observer narrowed(Set<String> names) {
    Map<String, TrainingChange> kept = new LinkedHashMap<>(changes);
    kept.keySet().retainAll(names);
    return kept.isEmpty() ? this : new BarrierOrigin(kept);
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model.refusal(
        new Retrained(new TrainingChange.None(), 0, model.regime(), model.fineTuned()));
  }

  @Override
  public List<Retrained> trained(AblatedModel model, AblationSetting s) {
    List<Retrained> all = new ArrayList<>();
    all.add(network(new TrainingChange.None(), s));
    for (TrainingChange change : changes.values()) {
      Retrained network = network(change, s);
      if (model.refusal(network).isEmpty()) {
        all.add(network);
      }
    }
    return all;
  }

  private static Retrained network(TrainingChange change, AblationSetting s) {
    return new Retrained(change, 0, s.regime(), s.fineTuned());
  }

  @Override
  public Observations observe(Input input) {
    Map<String, Kind> kinds = kinds(input);
    List<OriginRow> rows = new ArrayList<>();
    kinds.forEach(
        (name, kind) -> {
          String mean = name.equals(OWN) ? OWN : name + " mean";
          rows.addAll(OriginRow.of(name, kind.heights(), input.random(mean)));
        });
    List<Compared> compared = compared(kinds);
    return new Observations.Tabled(
        Observation.corrected(compared.stream().map(both -> both.draft(input)).toList()),
        compared.stream().filter(both -> both.isSame(input)).map(Compared::withheld).toList(),
        List.of(new Table.Rows<>(OriginRow.TABLE, rows)));
  }

  /** The networks of each kind that was trained, by name; the model's own kind first. */
  private Map<String, Kind> kinds(Input input) {
    List<Retrained> wanted = trained(input.model(), input.setting());
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put(OWN, Kind.of(wanted.get(0), input));
    changes.forEach(
        (name, change) -> {
          Retrained network = network(change, input.setting());
          if (wanted.contains(network)) {
            kinds.put(name, Kind.of(network, input));
          }
        });
    return kinds;
  }

  /** Each change against none; and the two between which only the kind of photo differs. */
  private static List<Compared> compared(Map<String, Kind> kinds) {
    List<Compared> all = new ArrayList<>();
    Kind own = Objects.requireNonNull(kinds.get(OWN));
    kinds.forEach(
        (name, treated) -> {
          if (!name.equals(OWN)) {
            all.add(new Compared(name, "trained as the model was", treated, own));
          }
        });
    Kind others = kinds.get(OTHERS_ON_WHITE);
    Kind cats = kinds.get(CATS_ON_WHITE);
    if (others != null && cats != null) {
      all.add(new Compared(OTHERS_RATHER, CATS_ON_WHITE, others, cats));
    }
    return all;
  }

  /** Two kinds of networks, paired by the seed of their training. */
  private record Compared(String name, String against, Kind treated, Kind control) {
    Observation.Uncorrected draft(Input input) {
      double[] differences = treated.heights().clone();
      Arrays.setAll(differences, i -> differences[i] - control.heights()[i]);
      return Observation.Uncorrected.mean(
          name,
          against,
          "barrier height, logits",
          PREDICTED.getOrDefault(name, Prediction.NOTHING),
          differences,
          MARGIN,
          0,
          input.random(name));
    }

    /** Whether the change left all networks as they are, such as where no photo is left out. */
    boolean isSame(Input input) {
      return IntStream.range(0, input.networks())
          .allMatch(
              i ->
                  input
                      .model()
                      .sameWeights(treated.first.ofNetwork(i), control.first.ofNetwork(i)));
    }

    WithheldComparison withheld() {
      return new WithheldComparison(
          name, "the change alters nothing of this training: all networks are the same without it");
    }
  }

  /**
   * Networks of one kind.
   *
   * @param first the first of them
   * @param heights the height of the barrier of each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kind(Retrained first, double[] heights) {
    static Kind of(Retrained first, Input input) {
      double[] heights = new double[input.networks()];
      for (int i = 0; i < heights.length; i++) {
        input.check();
        try (Classifier network = input.model().open(first.ofNetwork(i))) {
          heights[i] = height(network, input.setting().seed() + i, input);
        }
      }
      return new Kind(first, heights);
    }
  }

  /**
   * What pixels cost in the centre above the edge, the mean over doses and draws. Places are drawn
   * anew for each number of a network: what all networks had in common by their draw would pass for
   * an effect.
   */
  private static double height(Classifier network, long draw, Input input) {
    Design design = Design.of(draw).on(input.model().canvas()).withDraws(Design.DRAWS, 0);
    DoseResponse response = PartShares.response(network, design, input.batch(), input.stopped());
    return DoubleStream.of(PartShares.contrast(response)).average().orElseThrow();
  }

  /** A row of {@value #FILE}: the barrier of a trained network. */
  public record OriginRow(
      @Column(meaning = "how it was trained: own, as the model was, or what was changed")
          String trained,
      @Column(meaning = "number of the network, from 1; the same number has the same seed")
          int network,
      @Column(
              unit = "logit",
              meaning =
                  "mean cost of black pixels at random places of the innermost fifth of the"
                      + " canvas minus that in the outermost fifth, over 1, 3, 10 and 40"
                      + " pixels; above 0, the middle costs more")
          double height,
      @Column(unit = "logit", meaning = "mean height of all networks trained so") double mean,
      @Column(unit = "logit", meaning = "lower end of the mean's 95 % interval over networks")
          double ciLow,
      @Column(unit = "logit") double ciHigh) {
    public static final String FILE = "barrier_origin.csv";
    public static final Table<OriginRow> TABLE = Table.of(OriginRow.class, FILE);

    static List<OriginRow> of(String trained, double[] heights, RandomGenerator random) {
      double mean = DoubleStream.of(heights).average().orElseThrow();
      Interval interval =
          heights.length > 1
              ? Bootstrap.standard().mean(heights, random)
              : new Interval(mean, mean, 0.95);
      return IntStream.range(0, heights.length)
          .mapToObj(
              i -> new OriginRow(trained, i + 1, heights[i], mean, interval.low(), interval.high()))
          .toList();
    }
  }
}
