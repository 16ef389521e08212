package org.whisker.position;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.image.EdgeBins;
import org.whisker.position.LevelRun.Level;
import org.whisker.position.LevelRun.Reached;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Labelled;
import org.whisker.value.OptionalNumber;

/**
 * Whether pixels are attracted to where they go or repelled from elsewhere. A search is run with
 * the help that fitted sums of effects ({@link PlaceFit}) see in the two fifths of the area where
 * pixels go taken from the score, with the cost that they see in the two opposite fifths refunded,
 * and with both. The control takes and refunds the same amounts at shuffled places. Levels are
 * those of the score itself, so that runs are compared at equal gain.
 */
public final class Attraction {
  private static final double MIDDLE = 0.5;

  /** Of E from ½, for a share of that to be told. */
  private static final double LEAST = 0.1;

  private final PlaceEffects effects;
  private final EvolutionOptions search;
  private final String model;
  private final String searched;
  private final Function<PlaceFit, LogitSource> scores;

  private Attraction(
      PlaceEffects effects,
      EvolutionOptions search,
      String model,
      String searched,
      Function<PlaceFit, LogitSource> scores) {
    this.effects = effects;
    this.search = search;
    this.model = model;
    this.searched = searched;
    this.scores = scores;
  }

  /** What the search does not see. */
  public enum Removed implements Labelled {
    NOTHING,
    /** The help of the places where pixels go. */
    HELP,
    /** The cost of the places opposite. */
    COST,
    BOTH,
    /** Both, at other places. */
    SHUFFLED;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What runs without a part did at a level, a row of {@value #FILE}. */
  public record Without(
      @Column(meaning = "the network, and the class where it is asked for another one")
          String model,
      @Column(meaning = "what is searched: fits, or the network") String searched,
      @Column(meaning = "edge or centre: where pixels go, and so where help is taken away")
          String side,
      @Column(meaning = "a level of the score itself, as in forecast.csv") Level level,
      @Column(
              meaning =
                  "nothing; help, of the two fifths of the area on that side; cost, of the two"
                      + " opposite; both; shuffled: both, at other places")
          Removed removed,
      @Column(unit = "runs", meaning = "runs that reach the level, with and without the part")
          int runs,
      @Column(meaning = "mean E of these runs") OptionalDouble edgeIndex,
      @Column(meaning = "mean difference of E from the same run with nothing removed")
          OptionalDouble difference,
      @Column(meaning = "lower end of its 95 % interval") OptionalDouble ciLow,
      @Column OptionalDouble ciHigh,
      @Column(
              unit = "share",
              meaning =
                  "the difference over \u00bd less E with nothing removed; empty where that is"
                      + " below 0.1")
          OptionalDouble share) {
    public static final String FILE = "attraction.csv";
    public static final Table<Without> TABLE = Table.of(Without.class, FILE);
  }

  /**
   * Removes parts from fits: a run on each of several, drawn as for a {@link Forecast}.
   *
   * @param runs at least 1
   * @param progress is told how many of {@link #searches} are done
   */
  public static List<Without> ofFits(
      PlaceEffects effects,
      EvolutionOptions search,
      String model,
      int runs,
      long seed,
      IntConsumer progress) {
    return new Attraction(effects, search, model, "fits", Forecast::source)
        .of(runs, seed, progress);
  }

  /** Removes parts from what a network says, likewise. */
  public static List<Without> ofNetwork(
      PlaceEffects effects,
      LogitSource network,
      EvolutionOptions search,
      String model,
      int runs,
      long seed,
      IntConsumer progress) {
    return new Attraction(effects, search, model, "network", fit -> network)
        .of(runs, seed, progress);
  }

  /** How many searches so many runs take. */
  public static int searches(int runs) {
    return runs * Removed.values().length;
  }

  private List<Without> of(int runs, long seed, IntConsumer progress) {
    List<PlaceFit> fits =
        IntStream.range(0, runs).mapToObj(run -> effects.drawn(seed + run, run % 2 == 1)).toList();
    Map<Removed, List<List<Reached>>> all = new EnumMap<>(Removed.class);
    boolean edge = true; // nothing is removed yet
    int done = 0;
    for (Removed removed : Removed.values()) {
      List<List<Reached>> without = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        without.add(run(removed, edge, fits.get(run), seed + run));
        done++;
        progress.accept(done);
      }
      all.put(removed, without);
      edge = removed == Removed.NOTHING ? towardsEdge(without) : edge;
    }
    return rows(all, edge ? "edge" : "centre", seed);
  }

  private List<Reached> run(Removed removed, boolean edge, PlaceFit fit, long seed) {
    LogitSource whole = scores.apply(fit);
    LogitSource seen =
        removed == Removed.NOTHING
            ? whole
            : whole.less(part(fit.sum(), effects.zones(), edge, removed, seed));
    return LevelRun.of(
        search, effects.zones().canvas(), seen, effects.white(), model, searched, seed);
  }

  /** Whether pixels go to the edge, by the first level that runs reach with a pixel. */
  private static boolean towardsEdge(List<List<Reached>> runs) {
    return runs.stream()
            .flatMap(run -> run.stream().filter(row -> row.edgeIndex().isPresent()).limit(1))
            .mapToDouble(row -> row.edgeIndex().orElseThrow())
            .average()
            .orElse(MIDDLE)
        <= MIDDLE;
  }

  /** The part of a sum of effects that is removed. */
  static PlaceFit.Sum part(
      PlaceFit.Sum sum, EdgeBins zones, boolean edge, Removed removed, long seed) {
    double[][] effects = new double[sum.effects().length][];
    for (int dose = 0; dose < effects.length; dose++) {
      double[] all = sum.effects()[dose];
      double[] kept =
          IntStream.range(0, all.length)
              .mapToDouble(place -> part(all[place], zones, place, edge, removed))
              .toArray();
      if (removed == Removed.SHUFFLED) {
        Samples.shuffle(kept, SplitMix64.stream(seed, "attraction shuffled", 0));
      }
      effects[dose] = kept;
    }
    return new PlaceFit.Sum(0, effects);
  }

  private static double part(
      double effect, EdgeBins zones, int place, boolean edge, Removed removed) {
    int last = zones.bins().size() - 1;
    int zone = edge ? zones.binOf(place) : last - zones.binOf(place);
    boolean help = zone < 2 && removed != Removed.COST && effect < 0;
    boolean cost = zone > last - 2 && removed != Removed.HELP && effect > 0;
    return help || cost ? effect : 0;
  }

  private List<Without> rows(Map<Removed, List<List<Reached>>> all, String side, long seed) {
    List<List<Reached>> own = Objects.requireNonNull(all.get(Removed.NOTHING));
    List<Without> rows = new ArrayList<>();
    for (Level level : Level.values()) {
      all.forEach(
          (removed, runs) -> {
            List<double[]> pairs = pairs(own, runs, level);
            if (!pairs.isEmpty()) {
              rows.add(row(pairs, side, level, removed, seed));
            }
          });
    }
    return rows;
  }

  /** E of each run with nothing removed and with a part, where both reach the level. */
  private static List<double[]> pairs(
      List<List<Reached>> own, List<List<Reached>> without, Level level) {
    return IntStream.range(0, own.size())
        .mapToObj(run -> new OptionalDouble[] {e(own.get(run), level), e(without.get(run), level)})
        .filter(pair -> pair[0].isPresent() && pair[1].isPresent())
        .map(pair -> new double[] {pair[0].getAsDouble(), pair[1].getAsDouble()})
        .toList();
  }

  private static OptionalDouble e(List<Reached> run, Level level) {
    return run.stream()
        .filter(row -> row.level() == level)
        .flatMapToDouble(row -> row.edgeIndex().stream())
        .findFirst();
  }

  private Without row(List<double[]> pairs, String side, Level level, Removed removed, long seed) {
    double own = pairs.stream().mapToDouble(pair -> pair[0]).average().orElseThrow();
    double[] differences = pairs.stream().mapToDouble(pair -> pair[1] - pair[0]).toArray();
    double mean = Samples.mean(differences);
    boolean changed = removed != Removed.NOTHING;
    Interval interval =
        changed && pairs.size() > 1
            ? Bootstrap.standard()
                .mean(
                    differences,
                    SplitMix64.stream(seed, "attraction", List.of(Level.values()).indexOf(level)))
            : null;
    return new Without(
        model,
        searched,
        side,
        level,
        removed,
        pairs.size(),
        OptionalDouble.of(own + mean),
        changed ? OptionalDouble.of(mean) : OptionalDouble.empty(),
        OptionalNumber.ofNullable(interval, Interval::low),
        OptionalNumber.ofNullable(interval, Interval::high),
        changed && Math.abs(MIDDLE - own) >= LEAST
            ? OptionalDouble.of(mean / (MIDDLE - own))
            : OptionalDouble.empty());
  }
}
