package org.whisker.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.OperatorDrift;
import org.whisker.ablation.PaddingSwap;
import org.whisker.ablation.PairedShift;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.position.DensityProfile;
import org.whisker.position.EdgeBias;
import org.whisker.position.Landscape;
import org.whisker.position.PositionHeatmap;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeProfile;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.InputGradient;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;

/** Runs the experiments on each model, then the control, then the statistics. */
public final class Protocol {
  private final ExplainOptions options;
  private final Listener listener;
  private final BooleanSupplier stopped;

  /** Told how far the protocol is. */
  public interface Listener {
    /** A step begins: what it does, and of how many units. */
    void onStep(String what, long units);

    /** So many units of the present step are done. */
    void onProgress(long done, String message);

    /** A model is done; what was found is kept whatever comes. */
    void onModel(ModelFindings findings);
  }

  public Protocol(ExplainOptions options, Listener listener, BooleanSupplier stopped) {
    this.options = options;
    this.listener = listener;
    this.stopped = stopped;
  }

  /**
   * Explains {@code subjects}.
   *
   * @throws CancellationException when stopped; models that were done have been told of
   */
  public Explanation run(List<Subject> subjects) {
    List<ModelFindings> models = new ArrayList<>();
    for (Subject subject : subjects) {
      ModelFindings findings = model(subject);
      listener.onModel(findings);
      models.add(findings);
    }
    OperatorDrift operators = operators(models.get(0));
    Optional<EdgeBias> pooled = pooled(models);
    List<Finding> findings = new Findings(options, models, operators).all();
    return new Explanation(options, models, pooled, operators, findings);
  }

  private ModelFindings model(Subject subject) {
    String name = subject.model().name();
    List<List<GenerationStats>> histories = new ArrayList<>();
    List<RunResult> runs;
    ProbeMap probe;
    SaliencyMap gradient;
    try (DifferentiableClassifier classifier = subject.open().get()) {
      runs = evolve(name + ": evolving", classifier, histories);
      probe = probe(name, classifier);
      gradient = gradient(classifier);
    }
    Optional<PaddingSwap> padding = subject.swapped().map(swap -> swap(subject, swap, runs));
    return findings(subject.model(), runs, histories, probe, gradient, padding);
  }

  private List<RunResult> evolve(
      String what, Classifier classifier, List<List<GenerationStats>> histories) {
    int generations = options.evolution().stop().generations();
    listener.onStep(what, (long) options.runs() * generations);
    Evolution evolution = Evolution.of(options.evolution(), classifier, options.batch());
    List<RunResult> runs = new ArrayList<>();
    for (int run = 0; run < options.runs(); run++) {
      List<GenerationStats> history = new ArrayList<>();
      long before = (long) run * generations;
      RunResult result =
          evolution.run(
              options.seed() + run,
              (stats, best) -> {
                history.add(stats);
                listener.onProgress(before + stats.generation(), stats.inBrief());
                return !stopped.getAsBoolean();
              });
      checkStopped();
      runs.add(result);
      histories.add(history);
      listener.onProgress(before + generations, "");
    }
    return runs;
  }

  private ProbeMap probe(String name, Classifier classifier) {
    listener.onStep(name + ": one black pixel everywhere", classifier.canvas().pixels());
    return ProbeMap.of(
            classifier,
            BlackPixels.none(classifier.canvas()),
            options.batch(),
            done -> listener.onProgress(done, ""),
            stopped)
        .orElseThrow(() -> new CancellationException("stopped while probing " + name));
  }

  private SaliencyMap gradient(DifferentiableClassifier classifier) {
    BlackPixels white = BlackPixels.none(classifier.canvas());
    return InputGradient.of(classifier, List.of(white), 1).get(0);
  }

  private PaddingSwap swap(Subject subject, Subject.Swap swap, List<RunResult> control) {
    try (Classifier swapped = swap.open().get()) {
      String what = subject.model().name() + ": evolving with " + swap.padding() + " padding";
      List<RunResult> treated = evolve(what, swapped, new ArrayList<>());
      double white = swapped.logits(List.of(BlackPixels.none(swapped.canvas())))[0];
      float[] logits = swapped.logits(control.stream().map(r -> r.best().genome()).toList());
      List<Float> transferred = new ArrayList<>();
      for (float logit : logits) {
        transferred.add(logit);
      }
      Optional<PairedShift> shift =
          PairedShift.of(control, treated, options.margin(), random("padding"));
      return new PaddingSwap(
          subject.model().padding(), swap.padding(), white, transferred, treated, shift);
    }
  }

  private ModelFindings findings(
      ModelSummary model,
      List<RunResult> runs,
      List<List<GenerationStats>> histories,
      ProbeMap probe,
      SaliencyMap gradient,
      Optional<PaddingSwap> padding) {
    List<BlackPixels> images = runs.stream().map(r -> r.best().genome()).toList();
    double bandwidth = PositionHeatmap.usualBandwidth(probe.delta().canvas());
    PositionHeatmap heatmap = PositionHeatmap.of(images, bandwidth);
    double lambda = options.evolution().objective().lambda();
    Optional<TestResult> landscape = Landscape.correlation(images, probe, random("landscape"));
    return new ModelFindings(
        model,
        probe.baseline(),
        runs,
        histories,
        heatmap,
        positions(heatmap, images),
        probe,
        ProbeProfile.of(probe, options.parts(), lambda, random("probe")),
        gradient,
        SaliencyProfile.of(gradient, options.parts()),
        landscape,
        padding);
  }

  private Optional<ModelFindings.Positions> positions(
      PositionHeatmap heatmap, List<BlackPixels> images) {
    if (heatmap.density().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelFindings.Positions(
            EdgeBias.of(images, random("bias")),
            DensityProfile.of(images, options.parts(), random("profile"))));
  }

  private Optional<EdgeBias> pooled(List<ModelFindings> models) {
    Map<String, List<BlackPixels>> byModel = new LinkedHashMap<>();
    models.stream()
        .filter(m -> m.positions().isPresent())
        .forEach(m -> byModel.put(m.model().name(), m.finalImages()));
    return byModel.isEmpty()
        ? Optional.empty()
        : Optional.of(EdgeBias.pooled(byModel, random("pooled")));
  }

  private OperatorDrift operators(ModelFindings any) {
    listener.onStep("operators under a flat fitness", options.operatorRuns());
    OperatorDrift drift =
        OperatorDrift.of(
            options.evolution(),
            any.canvas(),
            options.operatorGenerations(),
            options.operatorRuns(),
            options.seed(),
            options.margin(),
            random("operators"),
            stopped);
    listener.onProgress(options.operatorRuns(), "");
    return drift;
  }

  private void checkStopped() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }

  private SplitMix64 random(String purpose) {
    return SplitMix64.stream(options.seed(), "explain " + purpose, 0);
  }
}
