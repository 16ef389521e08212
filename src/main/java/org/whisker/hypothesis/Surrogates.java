package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.Measure;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.Surrogate;
import org.whisker.ablation.Surrogate.Kind;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.stats.LineFit;
import org.whisker.stats.Samples;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * Experiment {@code surrogates}: the question's search on simple functions fitted to the network.
 * The simplest on which pixels lie as deep as on the network explains where they lie. Whether the
 * effects of single pixels suffice, with a dose–response of harm, decides the hypothesis.
 */
public final class Surrogates implements Hypothesis {
  private static final String NETWORK = "network";
  private static final String MISSED = "sum of single effects";
  private static final double LOGIT_MARGIN = 0.1;
  private static final double LEVEL = 0.05;

  /** Final images whose E is further apart lie elsewhere. */
  private static final double ELSEWHERE = 0.1;

  private static final ArmContrast BY_DOSE =
      ArmContrast.pair(Kind.DOSE_RESPONSE.label(), NETWORK, Measure.EDGE_INDEX, Prediction.MATCHES);

  static final Ablation EXPERIMENT =
      new Ablation(
              "surrogates",
              "the question's search on functions fitted to the network: the effects of single"
                  + " pixels on white added up, the same with a dose\u2013response of harm in each"
                  + " zone (decisive), that with pairs of pixels, a linear template, and the single"
                  + " effects at shuffled places as a null; if such a function explains where"
                  + " pixels lie, E is the same on it",
              "nothing",
              Surrogates::design,
              List.of(),
              List.of(Surrogates::observe))
          .checked(List.of(Surrogates::endsElsewhere));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CAT,
              new Wording(
                  "Do the effects of single pixels, with a dose\u2013response of harm in each zone,"
                      + " explain where evolved pixels lie?",
                  "the same search on single-pixel effects with a dose\u2013response of harm,"
                      + " fitted to the network",
                  "an explanation by single-pixel effects",
                  Wording.Clause.always("on the surrogate, pixels lie as deep as on the network"),
                  "on the surrogate, pixels lie as deep as on the network",
                  (effect, nothing) ->
                      effect.orElse(0) < nothing
                          ? "on the surrogate, pixels lie nearer the edge than on the network"
                          : "on the surrogate, pixels lie further inwards than on the network",
                  "runs",
                  true),
              Decisive.by(BY_DOSE),
              Planned.standard(EXPERIMENT))
          .shown(Exhibit.ofArmsAnd(Exhibit.SURROGATES))
          .tables(FitRow.TABLE)
          .tells("whether a simple function of the pixels explains where they lie");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  @Override
  public VerdictAnswer answer(Verdict verdict, double effect) {
    return VerdictAnswer.of(verdict, Prediction.MATCHES, effect);
  }

  /**
   * The simplest surrogate that is shown to have the network's E explains where pixels lie, unless
   * its final images lie elsewhere.
   */
  @Override
  public Optional<String> clause(HypothesisResult decided) {
    return List.of(Kind.SINGLES, Kind.DOSE_RESPONSE, Kind.PAIRS, Kind.TEMPLATE).stream()
        .filter(kind -> edge(decided, kind).filter(Surrogates::isEquivalent).isPresent())
        .filter(kind -> !endsElsewhere(decided, kind))
        .findFirst()
        .map(
            kind ->
                Text.of(
                        "the simplest function of the pixels on which the same search puts them as"
                            + " deep as on the network (E within \u00b1%.2f) is %s",
                        Measure.MARGIN, kind.what())
                    + reproduced(decided.effects(), kind.label())
                        .map(
                            share ->
                                ", which has "
                                    + share
                                    + " of its bias (\u00bd \u2212 E) at equal gain")
                        .orElse(""))
        .map(clause -> clause + decided.observation(MISSED).map(Surrogates::missed).orElse(""));
  }

  /**
   * The share of ½ − E on the network that a surrogate reproduces, where both gain as much, with
   * its interval; empty where the network's E is about ½ there.
   */
  public static Optional<String> reproduced(List<EffectRow> effects, String surrogate) {
    return effects.stream()
        .filter(row -> row.comparison().equals(surrogate))
        .filter(row -> row.measure().equals(Measure.EDGE_INDEX_AT_GAIN.label()))
        .filter(row -> Math.abs(0.5 - row.controlMean().orElse(0.5)) > Measure.MARGIN)
        .filter(row -> row.shareRemoved().isPresent() && row.shareRemovedCiLow().isPresent())
        .findFirst()
        .map(
            row ->
                Text.of(
                    "%.0f %% (%.0f to %.0f %%)",
                    100 * (1 - row.shareRemoved().orElseThrow()),
                    100 * (1 - row.shareRemovedCiHigh().orElseThrow()),
                    100 * (1 - row.shareRemovedCiLow().orElseThrow())));
  }

  /** How far the sum of single effects is from the image's own, where that is decided. */
  private static String missed(ObservationRow row) {
    double low = row.ciLow().orElse(Double.NaN);
    double high = row.ciHigh().orElse(Double.NaN);
    if (low > LOGIT_MARGIN || high < -LOGIT_MARGIN) {
      return Text.of(
          "; it does not explain p(target): the sum of single effects is %.1f logits %s cat than the"
              + " image",
          Math.abs(row.effect()), low > 0 ? "less" : "more");
    }
    return row.pEquivalence().orElse(1) <= LEVEL
        ? Text.of(
            "; the sum of single effects is the image's logit within %.1f, on average",
            LOGIT_MARGIN)
        : "";
  }

  /**
   * E on a surrogate against the network's, at the p(target) at which the hypothesis is decided.
   */
  private static Optional<EffectRow> edge(HypothesisResult decided, Kind kind) {
    Set<String> decisive =
        decided.effects().stream()
            .filter(EffectRow::decisive)
            .map(EffectRow::measure)
            .collect(Collectors.toSet());
    return decided.effects().stream()
        .filter(row -> row.comparison().equals(kind.label()) && decisive.contains(row.measure()))
        .filter(row -> row.difference().isPresent())
        .findFirst();
  }

  /** Whether an equivalence test, corrected for the other surrogates, shows no effect. */
  private static boolean isEquivalent(EffectRow row) {
    OptionalDouble p = row.pEquivalence();
    return p.isPresent() && p.getAsDouble() * (Kind.values().length - 1) <= 0.05;
  }

  /**
   * Withholds the verdict where the pixels of the first cats lie as deep on the surrogate as on the
   * network, and those of final images, from which a search has taken pixels away, do not.
   */
  private static Optional<WithheldComparison> endsElsewhere(FinishedArms finished) {
    ArmRuns network = finished.arms().get(NETWORK);
    ArmRuns surrogate = finished.arms().get(BY_DOSE.name());
    if (network == null || surrogate == null) {
      return Optional.empty();
    }
    OptionalDouble last = apart(surrogate, network, Measure.EDGE_INDEX);
    boolean alike =
        ArmRuns.level(List.of(network, surrogate)).stream()
            .flatMapToDouble(level -> apart(surrogate, network, level).stream())
            .anyMatch(apart -> apart <= Measure.MARGIN);
    return alike && last.orElse(0) > ELSEWHERE
        ? Optional.of(
            new WithheldComparison(
                BY_DOSE.name(),
                Text.of(
                    "the first cats lie as deep on the surrogate as on the network, but E of final"
                        + " images is %.2f apart",
                    last.orElseThrow())))
        : Optional.empty();
  }

  private static OptionalDouble apart(ArmRuns a, ArmRuns b, Measure measure) {
    return a.mean(measure).isPresent() && b.mean(measure).isPresent()
        ? OptionalDouble.of(Math.abs(a.mean(measure).orElseThrow() - b.mean(measure).orElseThrow()))
        : OptionalDouble.empty();
  }

  /** Whether E of the surrogate's final images is shown to differ, by more than the margin. */
  private static boolean endsElsewhere(HypothesisResult decided, Kind kind) {
    return decided.effects().stream()
        .filter(row -> row.comparison().equals(kind.label()))
        .filter(row -> row.measure().equals(Measure.EDGE_INDEX.label()))
        .filter(row -> row.pValue().orElse(1) <= LEVEL)
        .anyMatch(row -> Math.abs(row.difference().orElse(0)) > Measure.MARGIN);
  }

  private static AblationDesign design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(AblationArm.control(NETWORK, "the network"));
    for (Kind kind : Kind.values()) {
      arms.add(AblationArm.of(kind.label(), kind.what(), new ModelVariant.Fitted(kind, s.seed())));
      contrasts.add(
          kind == Kind.DOSE_RESPONSE
              ? BY_DOSE
              : ArmContrast.pair(kind.label(), NETWORK, Measure.EDGE_INDEX, Prediction.NOTHING));
    }
    return new AblationDesign(arms, contrasts);
  }

  /** How well each surrogate predicts the network's logits of images that it was not fitted to. */
  private static Observations observe(Observer.Input input) {
    List<FitRow> rows = new ArrayList<>();
    for (Sample sample : List.of(scattered(input), climbs(input))) {
      if (sample.images().size() > 1) {
        float[] seen = logits(input, new ModelVariant.AsStored(), sample.images());
        for (Kind kind : Kind.values()) {
          input.check();
          ModelVariant fitted = new ModelVariant.Fitted(kind, input.setting().seed());
          rows.add(FitRow.of(kind, sample, seen, logits(input, fitted, sample.images())));
        }
      }
    }
    return new Observations.Tabled(
        Observation.corrected(List.of(missed(input))),
        List.of(),
        List.of(new Table.Rows<>(FitRow.TABLE, rows)));
  }

  /**
   * Images that no surrogate was fitted to.
   *
   * @param half the half to which each image belongs, 0 or 1; images of one run are in one half
   */
  record Sample(String name, List<BlackPixels> images, List<Integer> half) {
    /** Images of scattered pixels, drawn as those were that surrogates are fitted to. */
    static final String SCATTERED = "scattered";

    /** Images along the climbs of the control's runs. */
    static final String CLIMBS = "climbs";
  }

  private static Sample scattered(Observer.Input input) {
    List<BlackPixels> images = Surrogate.heldOut(input.model().canvas(), input.setting().seed());
    return new Sample(
        Sample.SCATTERED, images, IntStream.range(0, images.size()).mapToObj(i -> i % 2).toList());
  }

  private static Sample climbs(Observer.Input input) {
    List<BlackPixels> images = new ArrayList<>();
    List<Integer> half = new ArrayList<>();
    List<ArmRun> runs = input.control().runs();
    for (int i = 0; i < runs.size(); i++) {
      List<BlackPixels> own =
          runs.get(i).outcome().stream()
              .flatMap(outcome -> outcome.climb().stream())
              .flatMap(step -> step.seen().stream())
              .map(ArmRun.Seen::image)
              .distinct()
              .toList();
      images.addAll(own);
      half.addAll(Collections.nCopies(own.size(), i % 2));
    }
    return new Sample(Sample.CLIMBS, images, half);
  }

  /**
   * Logit against the target by the sum of single effects less the network's own, of the final
   * images.
   */
  private static Observation.Uncorrected missed(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    float[] seen = logits(input, new ModelVariant.AsStored(), images);
    float[] told =
        logits(input, new ModelVariant.Fitted(Kind.SINGLES, input.setting().seed()), images);
    double[] missed = IntStream.range(0, seen.length).mapToDouble(i -> told[i] - seen[i]).toArray();
    return Observation.Uncorrected.mean(
        MISSED,
        "the image's own logit",
        "difference of the logit against the target",
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

  /** A row of {@value #FILE}: how well a surrogate predicts logits of images it has not seen. */
  public record FitRow(
      @Column(meaning = "singles, dose-response, pairs, template or shuffled") String surrogate,
      @Column(
              meaning =
                  "scattered: pixels at random places, drawn anew; climbs: the images along the"
                      + " climbs of the control's runs")
          String sample,
      @Column(meaning = "number of these images") int images,
      @Column(
              meaning =
                  "share of the variance of the network's logits that the surrogate predicts: 1 is"
                      + " all; below 0, the mean logit predicts better")
          double rSquared,
      @Column(
              meaning =
                  "r_squared after a linear recalibration (an intercept and a slope) that is fitted"
                      + " to one half of the images, by runs, and applied to the other; empty if a"
                      + " half is empty")
          OptionalDouble rSquaredRecalibrated,
      @Column(unit = "logit", meaning = "mean of the surrogate's logit less the network's")
          double bias) {
    public static final String FILE = "surrogates.csv";
    public static final Table<FitRow> TABLE = Table.of(FitRow.class, FILE);

    static FitRow of(Kind kind, Sample sample, float[] seen, float[] told) {
      double[] network = MapFiles.doubles(seen);
      double[] surrogate = MapFiles.doubles(told);
      return new FitRow(
          kind.label(),
          sample.name(),
          seen.length,
          LineFit.explained(network, surrogate),
          Set.copyOf(sample.half()).size() < 2
              ? OptionalDouble.empty()
              : OptionalDouble.of(
                  LineFit.explained(network, recalibrated(network, surrogate, sample.half()))),
          DoubleStream.of(Samples.differences(surrogate, network)).average().orElseThrow());
    }

    /** Recalibrates each half by the line of least squares through the other. */
    private static double[] recalibrated(double[] seen, double[] told, List<Integer> half) {
      double[] values = new double[seen.length];
      for (int held = 0; held < 2; held++) {
        int other = 1 - held;
        LineFit line = LineFit.of(chosen(told, half, other), chosen(seen, half, other));
        for (int i = 0; i < values.length; i++) {
          values[i] = half.get(i) == held ? line.at(told[i]) : values[i];
        }
      }
      return values;
    }

    private static double[] chosen(double[] values, List<Integer> half, int which) {
      return IntStream.range(0, values.length)
          .filter(i -> half.get(i) == which)
          .mapToDouble(i -> values[i])
          .toArray();
    }
  }
}
