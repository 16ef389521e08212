package org.whisker.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.SearchMethod;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;

/**
 * Performs one run of an arm. Where its search has a target, the run ends with the first image to
 * which the network that is reported gives that p(target), whatever the search rates it at.
 */
public final class ArmEvolution {
  /** What a search rates lower by so many logits does not reach the target. */
  private static final double NEAR = 1;

  private final AblationArm arm;
  private final EvolutionOptions options;
  private final ArmSource source;
  private final double target;

  ArmEvolution(AblationArm arm, AblationSetting setting, ArmSource source, double target) {
    this.arm = arm;
    this.options = arm.change().apply(setting.base());
    this.source = source;
    this.target = target;
  }

  /** How many runs fill a batch with images that they have not met. */
  int together(int batch) {
    return source.asksNetwork() ? ArmLoad.together(options, batch) : 1;
  }

  /** A run's part in the network; empty under a flat fitness. */
  Optional<Classifier> enter() {
    return source.enter();
  }

  /**
   * Runs the arm with one seed.
   *
   * @param part the part of the run in the network, if there is one
   * @param progress receives the share of the run that is done, 0 to 1, after each generation
   * @throws CancellationException when stopped
   */
  ArmRun run(
      long seed, Optional<Classifier> part, DoubleConsumer progress, BooleanSupplier stopped) {
    try {
      LogitSource scores = source.scores(part, seed, options.tones());
      EvolutionOptions unending = options.withStop(options.stop().withoutTarget());
      EvolutionRun run = new Evolution(unending, source.canvas(), scores).begin(seed);
      Climb climb = new Climb(scores, options.founders().given(source.canvas(), seed));
      long distinct = 0;
      while (true) {
        GenerationStats stats = run.stats();
        progress.accept(options.stop().share(stats.generation(), stats.evaluations()));
        distinct += run.population().distinct();
        if (source.asksNetwork()) {
          climb.look(run, stats);
        }
        Optional<Ending> ending = climb.ended() ? Optional.of(Ending.TARGET) : run.ending();
        if (ending.isPresent()) {
          double mean = distinct / (stats.generation() + 1.0);
          return outcome(run.result(ending.get()), stats, scores, mean, climb);
        }
        if (stopped.getAsBoolean()) {
          throw new CancellationException("stopped in a run of arm " + arm.name());
        }
        run.advance();
      }
    } catch (CancellationException e) {
      throw e; // stopped, not failed
    } catch (IllegalArgumentException | IllegalStateException e) {
      return ArmRun.failed(seed, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** Collects each image that the search and the network rate higher than all before. */
  private final class Climb {
    private final LogitSource scores;
    private final BlackPixels given;
    private final List<Searched> searched = new ArrayList<>();
    private double lowest = Double.POSITIVE_INFINITY;
    private boolean ended;

    /**
     * @param given black pixels of the founders that E is not of
     */
    Climb(LogitSource scores, BlackPixels given) {
      this.scores = scores;
      this.given = given;
    }

    /** E of the pixels that a search added to those given to its founders; empty if none. */
    OptionalDouble edgeIndex(BlackPixels image) {
      int[] added =
          Arrays.stream(image.indices()).filter(pixel -> !given.contains(pixel)).toArray();
      return new EdgeRank(image.canvas()).edgeIndex(BlackPixels.of(image.canvas(), added));
    }

    void look(EvolutionRun run, GenerationStats stats) {
      if (stats.bestLogit() < lowest) {
        lowest = stats.bestLogit();
        BlackPixels image = run.population().best().genome();
        searched.add(new Searched(stats, image));
        ended |= options.stop().target().isPresent() && reaches(image);
      }
    }

    /** Whether an image reached the p(target) with which a run ends. */
    boolean ended() {
      return ended;
    }

    private boolean reaches(BlackPixels image) {
      double end = options.stop().target().orElseThrow();
      LogitSource exact = scores.exact();
      double logit = lowest;
      if (exact != scores && Classifier.catProbability(lowest - NEAR) >= end) {
        logit = exact.logits(List.of(image))[0];
      }
      return Classifier.catProbability(logit) >= end;
    }

    List<ArmRun.Step> steps() {
      double[] logits = logits();
      List<ArmRun.Step> steps = new ArrayList<>();
      for (int i = 0; i < logits.length; i++) {
        if (steps.isEmpty() || logits[i] < steps.get(steps.size() - 1).logit()) {
          Searched image = searched.get(i);
          steps.add(image.step(logits[i], edgeIndex(image.image())));
        }
      }
      return steps;
    }

    /** The network's own, where the search goes by others; all at once, since a call costs most. */
    private double[] logits() {
      LogitSource exact = scores.exact();
      if (exact == scores || searched.isEmpty()) {
        return searched.stream().mapToDouble(image -> image.stats().bestLogit()).toArray();
      }
      float[] logits = exact.logits(searched.stream().map(Searched::image).toList());
      return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
    }
  }

  /** The best image of a generation, which the search rates higher than all before. */
  private record Searched(GenerationStats stats, BlackPixels image) {
    ArmRun.Step step(double logit, OptionalDouble edgeIndex) {
      return new ArmRun.Step(
          stats.evaluations(),
          logit,
          edgeIndex,
          image.count(),
          Optional.of(new ArmRun.Seen(stats.generation(), image)));
    }
  }

  private OptionalLong toTarget(List<ArmRun.Step> climb) {
    return climb.stream()
        .filter(step -> step.catProbability() >= target)
        .mapToLong(ArmRun.Step::evaluations)
        .findFirst();
  }

  private ArmRun outcome(
      RunResult result, GenerationStats last, LogitSource scores, double distinct, Climb climb) {
    boolean asked = source.asksNetwork();
    List<ArmRun.Step> steps = climb.steps();
    return new ArmRun(
        result.seed(),
        result.ending().name().toLowerCase(Locale.ROOT),
        "",
        Optional.of(
            new ArmRun.Outcome(
                result.best().genome(),
                climb.edgeIndex(result.best().genome()),
                asked ? OptionalDouble.of(result.best().logit()) : OptionalDouble.empty(),
                asked ? OptionalDouble.of(last.bestLogit()) : OptionalDouble.empty(),
                source.bare(scores),
                toTarget(steps),
                result.evaluations(),
                result.generations(),
                distinct,
                steps)));
  }

  /**
   * What an arm asks of the network, roughly: {@link SearchMethod#newGenomes} images a generation.
   *
   * @param images the number of images that a run scores
   * @param call images that are scored in one call
   */
  public record ArmLoad(double images, int call) {
    /** The load of {@code runs} runs of an arm, where a call takes at most {@code batch} images. */
    public static ArmLoad of(AblationArm arm, AblationSetting setting, int runs, int batch) {
      EvolutionOptions options = arm.change().apply(setting.base());
      int fresh = options.method().newGenomes();
      double most = (double) options.stop().generations() * fresh;
      int together = Math.min(runs, together(options, batch));
      return new ArmLoad(
          Math.min(most, (double) options.stop().evaluations().orElse(Long.MAX_VALUE)),
          Math.min(batch, together * fresh));
    }

    /**
     * The number of runs that together fill a batch with new images in each generation, at least 1.
     */
    public static int together(EvolutionOptions options, int batch) {
      return Math.max(1, batch / options.method().newGenomes());
    }
  }
}
