package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.result.EntryTables.EntryTimeRow;
import org.whisker.ablation.result.EntryTables.ValleyRow;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.Objective;
import org.whisker.evolution.SearchMethod;
import org.whisker.evolution.SearchMethod.GenerationContext;
import org.whisker.evolution.operator.Sites;
import org.whisker.hypothesis.EntryOutcomes.Average;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * The fitness valley between white and images with black pixels in the middle: how deep it is (the
 * largest mean cost along paths of added pixels) and how long (the pixel from which on the cost
 * falls), and when each search enters the middle. Oliveto, Paixão, Pérez Heredia, Sudholt and
 * Trubenová (Algorithmica 80, 2018) show for searches of bit strings that elitists jump, in a time
 * that grows exponentially with the length, and that those which accept worse solutions cross, in a
 * time that grows exponentially with the depth. So of each search that is held to the middle the
 * time is expected to be that of
 *
 * <ul>
 *   <li>a jump, of searches that keep the best: 1 / (share of its own mutants of white that are
 *       fitter than white);
 *   <li>a crossing, where worse images are accepted: a walk by the search's own edits and
 *       temperatures ({@link AnnealedWalk}), in which a jump is one of the steps.
 * </ul>
 */
final class FitnessValley {
  private static final int LONGEST = 40;
  private static final int RANDOM_PATHS = 24;
  private static final int CHEAPEST_PATHS = 16;
  private static final int CANDIDATES = 12;
  private static final int TRIES = 3_000;
  private static final int FOUNDERS = 100;

  /** If none of n runs shows a thing, its share is at most 3 / n with 95 % confidence. */
  private static final double RULE_OF_THREE = 3;

  private final Ablation.Finished finished;
  private final AblationSetting setting;
  private final Region middle;
  private final LogitSource scores;
  private final double white;

  private FitnessValley(Ablation.Finished finished, LogitSource scores) {
    this.finished = finished;
    this.setting = finished.setting();
    this.middle = Entry.middle(setting.canvas());
    this.scores = scores;
    this.white = scores.logits(List.of(BlackPixels.none(setting.canvas())))[0];
  }

  static SupplementaryTable of(Ablation.Finished finished) {
    try (Classifier network = finished.model().open(new ModelVariant.AsStored())) {
      LogitSource scores =
          LogitSource.of(network, finished.batch(), finished.setting().base().tones())
              .remembering(); // most mutants of white are alike
      FitnessValley valley = new FitnessValley(finished, scores);
      Paths random = valley.paths(RANDOM_PATHS, 1, ValleyRow.RANDOM);
      Paths cheapest = valley.paths(CHEAPEST_PATHS, CANDIDATES, ValleyRow.CHEAPEST);
      return new SupplementaryTable(
          List.of(
              new Table.Rows<>(
                  ValleyRow.TABLE,
                  List.of(
                      valley.row(ValleyRow.RANDOM, random.costs()),
                      valley.row(ValleyRow.CHEAPEST, cheapest.costs()))),
              new Table.Rows<>(EntryTimeRow.TABLE, valley.times(cheapest.images()))));
    }
  }

  /**
   * Paths of added pixels.
   *
   * @param costs changes of the logit along each, the first 0 for white
   * @param images by their number of pixels, from white on
   */
  private record Paths(List<double[]> costs, List<List<BlackPixels>> images) {}

  /**
   * All paths advance together.
   *
   * @param candidates pixels of which the one with the lowest logit is added
   */
  private Paths paths(int count, int candidates, String name) {
    RandomGenerator random = SplitMix64.stream(setting.seed(), "valley " + name, 0);
    int longest = Math.min(LONGEST, middle.size());
    List<double[]> costs = Stream.generate(() -> new double[longest + 1]).limit(count).toList();
    List<BlackPixels> images = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> images.add(BlackPixels.none(setting.canvas())));
    List<List<BlackPixels>> byCount = new ArrayList<>(List.of(List.copyOf(images)));
    for (int n = 1; n <= longest; n++) {
      check();
      List<BlackPixels> tries =
          images.stream()
              .flatMap(image -> Stream.generate(() -> next(image, random)).limit(candidates))
              .toList();
      float[] logits = scores.logits(tries);
      for (int i = 0; i < count; i++) {
        int best =
            IntStream.range(i * candidates, (i + 1) * candidates)
                .boxed()
                .min(Comparator.comparingDouble(k -> logits[k]))
                .orElseThrow();
        images.set(i, tries.get(best));
        costs.get(i)[n] = logits[best] - white;
      }
      byCount.add(List.copyOf(images));
    }
    return new Paths(costs, byCount);
  }

  private BlackPixels next(BlackPixels image, RandomGenerator random) {
    return image.with(Sites.white(image, middle, random).orElseThrow());
  }

  private void check() {
    if (finished.stopped().getAsBoolean()) {
      throw new CancellationException("stopped while adding pixels to the middle");
    }
  }

  private ValleyRow row(String name, List<double[]> paths) {
    RandomGenerator random = SplitMix64.stream(setting.seed(), "valley interval " + name, 0);
    int longest = paths.get(0).length - 1;
    int deepest = deepest(paths);
    double[] costs = paths.stream().mapToDouble(path -> path[deepest]).toArray();
    Average depth = Average.of(costs, random);
    double mean = Math.max(0, depth.mean().orElse(0));
    int[] resampled = resampled(paths, random);
    List<Integer> out =
        paths.stream().filter(path -> path[longest] < 0).map(FitnessValley::out).sorted().toList();
    double[] shallowest = shallowest(paths);
    double cost = Math.max(0, DoubleStream.of(shallowest).max().orElse(0));
    return new ValleyRow(
        name,
        paths.size(),
        longest,
        mean,
        depth.low(),
        depth.high(),
        rise(mean),
        cost,
        rise(cost),
        shallowest[longest] < 0 ? out(shallowest) : longest,
        firstPaying(deepest, longest),
        firstPaying(resampled[(int) (0.025 * resampled.length)], longest),
        firstPaying(resampled[(int) (0.975 * resampled.length)], longest),
        out.size(),
        out.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(out.get(out.size() / 2)));
  }

  /** The rise of the cross-entropy by a cost in logits. */
  private double rise(double cost) {
    return Objective.crossEntropy(white + cost) - Objective.crossEntropy(white);
  }

  /** The path with the least largest cost, of those that end below white if there are any. */
  private static double[] shallowest(List<double[]> paths) {
    List<double[]> out = paths.stream().filter(path -> path[path.length - 1] < 0).toList();
    return (out.isEmpty() ? paths : out)
        .stream()
            .min(Comparator.comparingDouble(path -> DoubleStream.of(path).max().orElse(0)))
            .orElseThrow();
  }

  /** The pixel after the deepest point, if the paths reach so far. */
  private static OptionalDouble firstPaying(int deepest, int longest) {
    return deepest < longest ? OptionalDouble.of(deepest + 1) : OptionalDouble.empty();
  }

  /** The number of pixels of the largest mean cost. */
  private static int deepest(List<double[]> paths) {
    double[] sums = new double[paths.get(0).length];
    for (double[] path : paths) {
      Arrays.setAll(sums, n -> sums[n] + path[n]);
    }
    return IntStream.range(0, sums.length)
        .boxed()
        .max(Comparator.comparingDouble(n -> sums[n]))
        .orElseThrow();
  }

  /**
   * The deepest point's number of pixels in each of 999 bootstrap samples of the paths, ascending.
   */
  private static int[] resampled(List<double[]> paths, RandomGenerator random) {
    return IntStream.range(0, 999)
        .map(
            i ->
                deepest(
                    IntStream.range(0, paths.size())
                        .mapToObj(k -> paths.get(random.nextInt(paths.size())))
                        .toList()))
        .sorted()
        .toArray();
  }

  /** The number of pixels from which on a path stays below white. */
  private static int out(double[] path) {
    int n = path.length - 1;
    while (n > 0 && path[n - 1] < 0) {
      n--;
    }
    return n;
  }

  /**
   * Rows of the free searches and of those that are held to the middle: the entry times expected
   * and seen.
   */
  private List<EntryTimeRow> times(List<List<BlackPixels>> cheapest) {
    List<Integer> counts = Entry.counts(setting.canvas());
    List<String> free =
        Stream.concat(Stream.of(Entry.FREE, Entry.STRONGER), counts.stream().map(Entry::atOnce))
            .toList();
    List<String> held =
        Stream.concat(
                Stream.of(Entry.HELD),
                Stream.concat(
                    counts.stream().map(count -> Entry.held(Entry.atOnce(count))),
                    Stream.of(Entry.STRONGER_HELD, Entry.ANNEALING_HELD)))
            .toList();
    Map<String, ArmRuns> arms = finished.arms();
    return Stream.concat(
            held.stream()
                .flatMap(name -> Stream.ofNullable(arms.get(name)))
                .map(arm -> time(arm, expected(arm.arm(), cheapest))),
            free.stream()
                .flatMap(name -> Stream.ofNullable(arms.get(name)))
                .map(arm -> time(arm, null)))
        .toList();
  }

  /**
   * What is expected of a search.
   *
   * @param founders scored before all others
   * @param tried mutants of white
   * @param paying those of them that are fitter than white
   * @param crossing empty where worse images are not accepted, but by chance
   */
  private record Expected(
      int founders, int tried, int paying, Optional<AnnealedWalk.Crossing> crossing) {
    OptionalDouble jump() {
      return paying == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tried / paying);
    }

    OptionalDouble walk() {
      return crossing.map(AnnealedWalk.Crossing::median).orElse(OptionalDouble.empty());
    }

    OptionalDouble within() {
      return OptionalNumber.of(crossing, AnnealedWalk.Crossing::within);
    }

    /** A jump is not expected earlier where none of the mutants pays. */
    OptionalDouble images() {
      return crossing.isPresent()
          ? walk()
          : OptionalDouble.of(founders + jump().orElse(tried / RULE_OF_THREE));
    }

    boolean atLeast() {
      return crossing.isEmpty() && paying == 0;
    }
  }

  private Expected expected(AblationArm arm, List<List<BlackPixels>> cheapest) {
    check();
    EvolutionOptions options = arm.change().apply(setting.base());
    List<BlackPixels> mutants = mutants(arm.name(), options.method());
    float[] logits = scores.logits(mutants);
    double fitnessOfWhite = options.objective().fitness(white, 0, 1);
    int paying =
        (int)
            IntStream.range(0, logits.length)
                .filter(
                    i ->
                        options.objective().fitness(logits[i], mutants.get(i).count(), 1)
                            > fitnessOfWhite)
                .count();
    return new Expected(
        options.method().population(),
        mutants.size(),
        paying,
        crossing(arm.name(), options, cheapest));
  }

  private Optional<AnnealedWalk.Crossing> crossing(
      String name, EvolutionOptions options, List<List<BlackPixels>> cheapest) {
    if (!(options.method() instanceof Annealing annealing)) {
      return Optional.empty();
    }
    RandomGenerator random = SplitMix64.stream(setting.seed(), "valley walk " + name, 0);
    List<BlackPixels> founders =
        Stream.generate(() -> options.founders().draw(new GenerationContext(0, middle, random)))
            .limit(FOUNDERS)
            .toList();
    AnnealedWalk walk =
        new AnnealedWalk(
            annealing,
            new AnnealedWalk.Landscape(options.objective(), middle, white),
            cheapest,
            scores,
            random);
    long images =
        options
            .stop()
            .evaluations()
            .orElse((long) options.stop().generations() * annealing.chains());
    return Optional.of(walk.crossing(founders, images));
  }

  /** Children of white that have a black pixel, while the number of edits falls. */
  private List<BlackPixels> mutants(String name, SearchMethod method) {
    RandomGenerator random = SplitMix64.stream(setting.seed(), "valley mutants " + name, 0);
    Mutation mutation = mutation(method).withProbability(1);
    BlackPixels parent = BlackPixels.none(setting.canvas());
    return IntStream.range(0, TRIES)
        .mapToObj(
            i -> {
              int generation = 1 + i * mutation.edits().generations() / TRIES;
              return mutation.mutate(parent, middle, generation, random);
            })
        .filter(child -> child.count() > 0)
        .toList();
  }

  private static Mutation mutation(SearchMethod method) {
    return method instanceof Annealing annealing
        ? annealing.mutation()
        : ((Genetic) method).mutation();
  }

  private EntryTimeRow time(ArmRuns arm, @Nullable Expected expected) {
    double[] times =
        arm.runs().stream()
            .filter(run -> !run.isFailed())
            .mapToDouble(run -> entered(run).orElse(Double.POSITIVE_INFINITY))
            .sorted()
            .toArray();
    int outer = outer(times.length);
    return new EntryTimeRow(
        arm.arm().name(),
        expected == null ? 0 : expected.tried(),
        expected == null ? 0 : expected.paying(),
        expected == null ? OptionalDouble.empty() : expected.jump(),
        expected == null ? OptionalDouble.empty() : expected.walk(),
        expected == null ? OptionalDouble.empty() : expected.within(),
        expected == null ? OptionalDouble.empty() : expected.images(),
        expected != null && expected.atLeast(),
        times.length,
        (int) Arrays.stream(times).filter(Double::isFinite).count(),
        times.length == 0 ? OptionalDouble.empty() : median(times),
        outer < 0 ? OptionalDouble.empty() : known(times[outer]),
        outer < 0 ? OptionalDouble.empty() : known(times[times.length - 1 - outer]),
        arm.runs().stream()
            .filter(run -> !run.isFailed() && entered(run).isEmpty())
            .mapToDouble(run -> run.outcome().orElseThrow().evaluations())
            .average());
  }

  /** Images until one was kept that is better than white and has an added pixel in the middle. */
  private OptionalDouble entered(ArmRun run) {
    ArmRun.Outcome outcome = run.outcome().orElseThrow();
    double bare = outcome.bareLogit().orElse(Double.NEGATIVE_INFINITY);
    return outcome.climb().stream()
        .filter(step -> step.logit() < bare && step.seen().isPresent())
        .filter(step -> touches(step.seen().orElseThrow().image()))
        .mapToDouble(ArmRun.Step::evaluations)
        .findFirst();
  }

  private boolean touches(BlackPixels image) {
    return IntStream.range(0, image.count()).anyMatch(i -> middle.contains(image.get(i)));
  }

  /** The time if it is finite; empty where runs never entered, which is later than all. */
  private static OptionalDouble known(double time) {
    return Double.isFinite(time) ? OptionalDouble.of(time) : OptionalDouble.empty();
  }

  private static OptionalDouble median(double[] sorted) {
    int n = sorted.length;
    return known((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }

  /**
   * The place of the outermost order statistics between which the median lies with at least 95 %
   * confidence, from either end; -1 with fewer than 6 values.
   */
  static int outer(int n) {
    double tail = Math.pow(0.5, n);
    double each = tail;
    int place = -1;
    while (n > 0 && tail <= 0.025) {
      place++;
      each = each * (n - place) / (place + 1);
      tail += each;
    }
    return place;
  }
}
