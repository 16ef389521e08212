package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.Measure;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Surrogate.Kind;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.NullAndEffect;
import org.whisker.hypothesis.Hypothesis.Decided;
import org.whisker.hypothesis.Hypothesis.Shown;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.image.BlackPixels;
import org.whisker.planted.Plants;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Experiment {@code surrogates}: the question's search on simple functions fitted to the network.
 * The simplest on which pixels lie as deep as on the network explains where they lie. Whether the
 * effects of single pixels suffice, once their harm saturates, decides the hypothesis.
 */
public final class Surrogates implements Hypothesis {
  private static final String NETWORK = "network";
  private static final String MISSED = "sum of single effects";
  private static final double LOGIT_MARGIN = 0.1;
  private static final ArmContrast SATURATING =
      ArmContrast.pair(Kind.SATURATING.label(), NETWORK, Measure.EDGE_INDEX, Prediction.MATCHES);

  static final Ablation EXPERIMENT =
      new Ablation(
          "surrogates",
          "surrogates",
          "the question's search on functions fitted to the network: the effects of single pixels"
              + " on white added up, the same with harm that saturates by zone (decisive), that with"
              + " pairs of pixels, a linear template, and the single effects at shuffled places as a"
              + " null; if such a function explains where pixels lie, E is the same on it",
          "nothing",
          Surrogates::design,
          List.of(),
          List.of(Surrogates::observe));

  @Override
  public String id() {
    return "surrogates";
  }

  @Override
  public Topic topic() {
    return Topic.CAT;
  }

  @Override
  public String tells() {
    return "whether a simple function of the pixels explains where they lie";
  }

  @Override
  public VerdictAnswer answer(Verdict verdict, double effect) {
    return VerdictAnswer.of(verdict, Prediction.MATCHES, effect);
  }

  @Override
  public Wording wording() {
    return new Wording(
        "Do the effects of single pixels explain where evolved pixels lie?",
        "the same search on single-pixel effects whose harm saturates by zone, fitted to the network",
        "an explanation by single-pixel effects",
        Wording.Clause.always("on the surrogate, pixels lie as deep as on the network"),
        "on the surrogate, pixels lie as deep as on the network",
        (effect, nothing) ->
            effect.orElse(0) < nothing
                ? "on the surrogate, pixels lie nearer the edge than on the network"
                : "on the surrogate, pixels lie further inwards than on the network",
        "runs",
        true);
  }

  @Override
  public List<Planned> experiments() {
    return List.of(Planned.standard(EXPERIMENT));
  }

  @Override
  public Decisive decisive() {
    return Decisive.by(SATURATING);
  }

  @Override
  public List<Expectation> expected() {
    return List.of(
        Expectation.on(
            Plants.STRIDES, Expected.SUPPORTED, "the logit is a sum over pixels, and so is E"),
        Expectation.on(Plants.SIDES, Expected.SUPPORTED, "the logit is a sum over pixels"),
        Expectation.elsewhere(Expected.ANY, "depends on how far each search gets"));
  }

  @Override
  public NullAndEffect calibratedOn() {
    return NullAndEffect.neither();
  }

  @Override
  public List<Shown> shown() {
    return Shown.ofArmsAnd(Shown.SURROGATES);
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(FitRow.TABLE);
  }

  @Override
  public Optional<String> clause(Decided decided) {
    return List.of(Kind.SINGLES, Kind.SATURATING, Kind.PAIRS, Kind.TEMPLATE).stream()
        .filter(kind -> edge(decided, kind).filter(Surrogates::noFurtherInwards).isPresent())
        .findFirst()
        .map(
            kind ->
                "on " + kind.what() + ", the same search puts its pixels" + depth(decided, kind))
        .map(clause -> clause + decided.observation(MISSED).map(Surrogates::missed).orElse(""));
  }

  private static String depth(Decided decided, Kind kind) {
    return edge(decided, kind).filter(Surrogates::isEquivalent).isPresent()
        ? " as deep as on the network"
        : " at least as near the edge";
  }

  /** How far the sum of single effects is from the image's own, where that is shown. */
  private static String missed(ObservationRow row) {
    boolean above = row.ciLow().isPresent() && row.ciLow().getAsDouble() > 0;
    boolean below = row.ciHigh().isPresent() && row.ciHigh().getAsDouble() < 0;
    return above || below
        ? String.format(
            Locale.ROOT,
            ", though the sum of single effects is %.1f logits %s cat than the image",
            Math.abs(row.effect()),
            above ? "less" : "more")
        : "";
  }

  /** The comparison that decides, of the surrogate against the network. */
  private static Optional<EffectRow> edge(Decided decided, Kind kind) {
    return decided.effects().stream()
        .filter(row -> row.comparison().equals(kind.label()) && row.decisive())
        .filter(row -> row.difference().isPresent())
        .findFirst();
  }

  /** By an equivalence test, corrected for the other surrogates. */
  private static boolean isEquivalent(EffectRow row) {
    OptionalDouble p = row.pEquivalence();
    return p.isPresent() && p.getAsDouble() * (Kind.values().length - 1) <= 0.05;
  }

  private static boolean noFurtherInwards(EffectRow row) {
    return row.ciHigh().isPresent() && row.ciHigh().getAsDouble() < Measure.MARGIN;
  }

  private static Ablation.Design design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(AblationArm.control(NETWORK, "the network"));
    for (Kind kind : Kind.values()) {
      arms.add(AblationArm.of(kind.label(), kind.what(), new ModelVariant.Fitted(kind, s.seed())));
      contrasts.add(
          kind == Kind.SATURATING
              ? SATURATING
              : ArmContrast.pair(kind.label(), NETWORK, Measure.EDGE_INDEX, Prediction.NOTHING));
    }
    return new Ablation.Design(arms, contrasts);
  }

  /** How well each surrogate predicts the network's logits of the control's images. */
  private static Observed observe(Observer.Input input) {
    List<BlackPixels> images =
        input.control().runs().stream()
            .flatMap(run -> run.outcome().stream())
            .flatMap(outcome -> outcome.climb().stream())
            .flatMap(step -> step.seen().stream())
            .map(ArmRun.Seen::image)
            .distinct()
            .toList();
    List<FitRow> rows = new ArrayList<>();
    if (images.size() > 1) {
      float[] seen = logits(input, new ModelVariant.AsStored(), images);
      for (Kind kind : Kind.values()) {
        input.check();
        float[] told = logits(input, new ModelVariant.Fitted(kind, input.setting().seed()), images);
        rows.add(FitRow.of(kind, seen, told));
      }
    }
    return new Observed.Tabled(
        Observation.corrected(List.of(missed(input))),
        List.of(),
        List.of(new Table.Rows<>(FitRow.TABLE, rows)));
  }

  /** Logit of not-cat by the sum of single effects less the network's own, of the final images. */
  private static Observation.Uncorrected missed(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    float[] seen = logits(input, new ModelVariant.AsStored(), images);
    float[] told =
        logits(input, new ModelVariant.Fitted(Kind.SINGLES, input.setting().seed()), images);
    double[] missed = IntStream.range(0, seen.length).mapToDouble(i -> told[i] - seen[i]).toArray();
    return Observation.Uncorrected.mean(
        MISSED,
        "the image's own logit",
        "difference of the logit of not-cat",
        Prediction.NOTHING,
        missed,
        LOGIT_MARGIN,
        input.unmarked(),
        input.random(MISSED));
  }

  private static float[] logits(
      Observer.Input input, ModelVariant variant, List<BlackPixels> images) {
    try (Classifier classifier = input.model().open(variant)) {
      return new Batches(input.batch(), done -> {}, input.stopped())
          .logits(images.size(), images::get, classifier::logits)
          .orElseThrow(() -> new CancellationException("stopped while scoring"));
    }
  }

  /**
   * A row of {@value #FILE}: how well a surrogate, which was fitted to scattered pixels, predicts
   * the logits of the images along the control's climbs.
   */
  public record FitRow(
      @Column(meaning = "singles, saturating, pairs, template or shuffled") String surrogate,
      @Column(meaning = "number of images along the climbs of the control's runs") int images,
      @Column(
              meaning =
                  "share of the variance of the network's logits that the surrogate predicts: 1 is all; below 0, the mean logit predicts better")
          double rSquared,
      @Column(unit = "logit", meaning = "mean of the surrogate's logit less the network's")
          double bias) {
    public static final String FILE = "surrogates.csv";
    public static final Table<FitRow> TABLE = Table.of(FitRow.class, FILE);

    static FitRow of(Kind kind, float[] seen, float[] told) {
      double mean = 0;
      for (float logit : seen) {
        mean += logit / seen.length;
      }
      double total = 0;
      double left = 0;
      double bias = 0;
      for (int i = 0; i < seen.length; i++) {
        total += (seen[i] - mean) * (seen[i] - mean);
        left += (seen[i] - told[i]) * (seen[i] - told[i]);
        bias += (told[i] - seen[i]) / seen.length;
      }
      return new FitRow(kind.label(), seen.length, total == 0 ? 0 : 1 - left / total, bias);
    }
  }
}
