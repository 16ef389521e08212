package org.whisker.feature.explain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.train.RetrainingData;
import org.whisker.hypothesis.Budget;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.job.TimeText;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.option.Seed;
import org.whisker.value.Checks;

/**
 * What an explanation, or a comparison, is asked for.
 *
 * @param budget quick, standard or full; {@value ExplainJob#COMPARE} for a comparison alone
 * @param generations the generations that end a run; by default, for the question's search, those
 *     of the budget, and for others as many as end one that makes no more new images
 * @param seed the seed of the first run; the next has the next
 * @param training photos for the hypotheses that need trained networks; without, they are not
 *     tested
 */
public record ExplainConfig(
    @Option(
            label = "MODEL",
            candidates = Option.MODELS,
            help = "Models to explain. Default: vgg16-mini and inception-resnet-v2-mini.")
        List<String> models,
    @Option(
            names = "--budget",
            label = "B",
            candidates = {"quick", "standard", "full"},
            defaultValue = "quick",
            help = "quick, standard or full; see below.")
        String budget,
    @Option(
            names = "--preset",
            label = "NAME",
            help =
                "Base search, of which each arm changes one thing: question, under which the"
                    + " bias was seen; quick, which searches harder; or dense. Default:"
                    + " question.")
        Optional<String> preset,
    @Option(names = "--runs", label = "N", min = 1, help = SharedOptions.RUNS) OptionalInt runs,
    @Option(
            names = "--networks",
            label = "N",
            min = 1,
            help = RetrainingData.NETWORKS + " Default: as many as --runs.")
        OptionalInt networks,
    @Option(
            names = "--max-evaluations",
            label = "N",
            min = 1,
            help =
                "Most images scored per run. Default: as in the budget; in a comparison, as in"
                    + " standard.")
        OptionalLong evaluations,
    @Option(names = "--generations", label = "N", min = 1, help = SharedOptions.GENERATIONS)
        OptionalInt generations,
    @Option(
            names = "--within",
            label = "DURATION",
            help = {
              "Plan what can be found out in this time, such as 20m or 2h, for a network of"
                  + " any size: which experiments, how many runs, how long. Says beforehand"
                  + " what can't be decided. While time is left, it adds runs, whatever they"
                  + " show. Experiments that are not done by then end early, untested; --resume"
                  + " continues with them."
            })
        Optional<String> within,
    @Option(
            names = "--pace",
            label = "R[,R...]",
            help =
                "Images per second of each model, from which --within plans. Give those of"
                    + " the manifest to repeat a plan, with its --runs to repeat the report."
                    + " Default: measured.")
        Optional<String> pace,
    @Seed long seed,
    @Option(
            names = "--fresh",
            help = "Repeat every run, and keep the runs in the report's own folder.")
        boolean fresh,
    @OptionGroup(alone = RetrainingData.ALONE) Optional<RetrainingData> training,
    @SharedOptions.SearchesOn DeviceConfig on) {
  /**
   * The models that are explained unless others are named: the two small ones that come with
   * whisker, which take minutes. Larger ones are named.
   */
  public static final List<String> SMALL = StoredAblatedModel.SMALL;

  public ExplainConfig {
    models = models.isEmpty() ? SMALL : List.copyOf(models);
    Options.check(
        ExplainConfig.class,
        models,
        budget,
        preset,
        runs,
        networks,
        evaluations,
        generations,
        within,
        pace,
        seed,
        fresh,
        training,
        on);
    if (!budget.equals(ExplainJob.COMPARE)) {
      String label = budget;
      InvalidRequestException.check(() -> Budget.parse(label));
    }
    preset.ifPresent(name -> InvalidRequestException.check(() -> EvolutionOptions.preset(name)));
    within.ifPresent(ExplainConfig::time);
    int rates = rates(pace).size();
    InvalidRequestException.refuse(
        pace.isPresent() && (within.isEmpty() || rates != models.size()),
        "--pace is for --within, and has a number for each model");
    boolean planned =
        preset.isPresent()
            || (runs.isPresent() && pace.isEmpty())
            || evaluations.isPresent()
            || generations.isPresent()
            || training.isPresent()
            || !budget.equals(Budget.QUICK.label());
    InvalidRequestException.refuse(
        within.isPresent() && planned,
        "--within plans by itself; leave --budget, --preset, --runs, --generations,"
            + " --max-evaluations and --data out");
    InvalidRequestException.refuse(
        runs.orElse(2) < 2, "--runs must be at least 2, was " + runs.orElse(2));
    InvalidRequestException.refuse(
        budget.equals(ExplainJob.COMPARE) && models.size() < 2,
        "compare needs two models, has " + models + "; name another");
  }

  /**
   * The default options of the command line: seed 1, the fastest device, searches in the faster
   * precision.
   *
   * @param models by default {@link #SMALL}
   */
  public static ExplainConfig of(String... models) {
    return Options.of(ExplainConfig.class)
        .read(value -> value.isParameter() ? List.of(models) : List.of());
  }

  /** Sets the number of runs an arm, and of images that a run may score. */
  public ExplainConfig withRuns(int most, long images) {
    return Records.changed(this, ExplainConfig::runs, ExplainConfig::evaluations)
        .to(OptionalInt.of(most), OptionalLong.of(images));
  }

  /**
   * Sets the budget.
   *
   * @param other quick, standard or full; {@value ExplainJob#COMPARE} for a comparison alone
   * @throws InvalidRequestException for an unknown budget, or a comparison of one model
   */
  public ExplainConfig withBudget(String other) {
    return Records.changed(this, ExplainConfig::budget).to(other);
  }

  /** Sets the seed of the first run; each further run has the next one. */
  public ExplainConfig withSeed(long other) {
    return Records.changed(this, ExplainConfig::seed).to(other);
  }

  /** Asks for every run to be done again, and kept in the report's own folder. */
  public ExplainConfig afresh() {
    return Records.changed(this, ExplainConfig::fresh).to(true);
  }

  /** Returns a copy on another device, or in another precision. */
  public ExplainConfig on(DeviceConfig other) {
    return Records.changed(this, ExplainConfig::on).to(other);
  }

  /** Planned to end in a time, with more runs of an arm than were planned. */
  ExplainConfig longer(int more) {
    return Records.changed(this, ExplainConfig::runs).to(OptionalInt.of(more));
  }

  /** Planned to end in a time, by so many images a second of each model, in their order. */
  ExplainConfig paced(List<Double> rates) {
    return Records.changed(this, ExplainConfig::pace)
        .to(Optional.of(String.join(",", rates.stream().map(String::valueOf).toList())));
  }

  /** The time that it is to end in. */
  Optional<Duration> time() {
    return within.map(ExplainConfig::time);
  }

  private static Duration time(String text) {
    return TimeText.parse("--within", text);
  }

  /** Images a second of each model, in their order; empty where they are not known yet. */
  List<Double> rates() {
    return rates(pace);
  }

  private static List<Double> rates(Optional<String> pace) {
    return pace.stream()
        .flatMap(Pattern.compile(",")::splitAsStream)
        .map(ExplainConfig::rate)
        .toList();
  }

  private static double rate(String text) {
    return InvalidRequestException.check(
        () -> {
          double rate;
          try {
            rate = Double.parseDouble(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--pace must be like 310.5,80, was " + text, e);
          }
          Checks.require(rate > 0 && Double.isFinite(rate), "--pace must be above 0, was %s", text);
          return rate;
        });
  }

  boolean compares() {
    return budget.equals(ExplainJob.COMPARE);
  }

  /** What is not told. */
  Budget usual() {
    return compares() ? Budget.STANDARD : Budget.parse(budget);
  }

  /** The name of the search that all arms change one thing of. */
  String search() {
    return preset.orElse(usual().preset());
  }

  /** Generations of a run; empty where the number of images alone ends it. */
  OptionalInt limit() {
    boolean question = EvolutionOptions.preset(search()).equals(EvolutionOptions.question());
    return generations.isEmpty() && question ? OptionalInt.of(usual().generations()) : generations;
  }

  /** Whether a run ends with its first cat; whoever names generations wants all of them. */
  boolean endsAtTarget() {
    return usual().endsAtTarget() && generations.isEmpty();
  }

  List<Ablation> experiments() {
    if (compares()) {
      return Stream.of(Hypotheses.GEOMETRY, Hypotheses.FOVEATION)
          .map(Hypothesis::experiment)
          .toList();
    }
    List<Ablation> experiments = new ArrayList<>(Experiments.in(usual()));
    if (training.isPresent()) {
      experiments.addAll(Experiments.trainedIn(usual()));
    }
    return experiments;
  }
}
