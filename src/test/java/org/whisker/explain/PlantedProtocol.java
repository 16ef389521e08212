package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.evolution.EvolutionOptions;

/** The protocol on planted classifiers, small enough to run in a moment. */
public final class PlantedProtocol {
  // Six runs reach p = 0.03 by sign flips, which Holm's correction lifts above 0.05.
  private static final int RUNS = 8;
  private static final int GENERATIONS = 15;

  private PlantedProtocol() {}

  private static ExplainOptions options(int runs) {
    EvolutionOptions evolution = EvolutionOptions.quick().withGenerations(GENERATIONS);
    return new ExplainOptions(runs, evolution, 12, GENERATIONS, 4, 0.05, 0.05, 64, 7);
  }

  public static Subject subject(String name, DifferentiableClassifier classifier) {
    return new Subject(summary(name), () -> classifier, Optional.empty());
  }

  public static Subject swapped(
      String name, DifferentiableClassifier classifier, DifferentiableClassifier other) {
    Subject.Swap swap = new Subject.Swap("replicate", () -> other);
    return new Subject(summary(name), () -> classifier, Optional.of(swap));
  }

  private static ModelSummary summary(String name) {
    return new ModelSummary(
        name,
        "weighted sum",
        "1x16x16",
        OptionalLong.of(256),
        "zero",
        OptionalDouble.of(0.75),
        40,
        "0".repeat(64));
  }

  static Explanation run(Subject... subjects) {
    return run(RUNS, subjects);
  }

  public static Explanation run(int runs, Subject... subjects) {
    return new Protocol(options(runs), new Recorder(), () -> false).run(List.of(subjects));
  }

  /** Runs until the recorder's condition says stop. */
  static void run(Recorder recorder, BooleanSupplier stopped, Subject... subjects) {
    new Protocol(options(RUNS), recorder, stopped).run(List.of(subjects));
  }

  static Finding finding(Explanation e, Hypothesis hypothesis) {
    List<Finding> found = e.findings().stream().filter(f -> f.hypothesis() == hypothesis).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " findings on " + hypothesis);
    }
    return found.get(0);
  }

  /** Remembers what it was told. */
  static final class Recorder implements Protocol.Listener {
    final List<String> models = new ArrayList<>();
    final List<String> steps = new ArrayList<>();
    private long units;

    @Override
    public void onStep(String what, long of) {
      steps.add(what);
      units = of;
    }

    @Override
    public void onProgress(long done, String message) {
      if (done < 0 || done > units) {
        throw new AssertionError(done + " of " + units + " done");
      }
    }

    @Override
    public void onModel(ModelFindings findings) {
      models.add(findings.model().name());
    }
  }
}
