package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.LevelRun.Level;
import org.whisker.position.LevelRun.Reached;
import org.whisker.stats.Samples;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Where a search will put black pixels, said before it runs: the same search on functions fitted to
 * {@link PlaceEffects}, one run on each of several drawn fits, half of them with each kind of
 * {@link Interactions}. Beside it stands the pilot rule, which needs no search at all: the mean
 * edge rank of all places, each weighted by what a single pixel gains there.
 */
public final class Forecast {
  /**
   * What the fits leave out, as a standard deviation of E: near the mean error of the pilot rule on
   * the networks that it was tried on. It was fixed before any network was predicted.
   */
  private static final double LEFT_OUT = 0.08;

  private static final double NORMAL_95 = 1.96;
  private static final double MIDDLE = 0.5;

  private Forecast() {}

  /** What is expected of a network at one level, a row of {@value #FILE}. */
  public record Expected(
      @Column(meaning = "the network, and the class where it is asked for another one")
          String model,
      @Column(unit = "probability", meaning = "of the class on white") double pWhite,
      @Column(meaning = "share of the places tried on white where a black pixel helps")
          double helping,
      @Column(
              meaning =
                  "the pilot rule: mean edge rank of places, weighted by what a single pixel"
                      + " gains; empty where none does")
          OptionalDouble pilotEdgeIndex,
      @Column(
              meaning =
                  "gain-1, gain-2, gain-4: so many logits over white; half, target: p ½, 0.96;"
                      + " end: the last generation")
          Level level,
      @Column(meaning = "runs, each on a fit of its own") int runs,
      @Column(meaning = "share of the runs that reach the level with a black pixel") double reach,
      @Column(meaning = "mean E at that level of the runs that reach it") OptionalDouble edgeIndex,
      @Column(meaning = "95 % interval of the mean of six runs on the network")
          OptionalDouble ciLow,
      @Column OptionalDouble ciHigh,
      @Column(meaning = "standard deviation of E between the runs") OptionalDouble spread,
      @Column(meaning = "edge or centre, where the interval keeps to one side of ½; none otherwise")
          String side,
      @Column(meaning = "mean number of black pixels") OptionalDouble blackPixels,
      @Column(meaning = "mean share of them in the middle ninth") OptionalDouble middleNinth) {
    public static final String FILE = "forecast.csv";
    public static final Table<Expected> TABLE = Table.of(Expected.class, FILE);
  }

  /**
   * Predicts a search.
   *
   * @param runs runs, each on a fit of its own, at least 2
   * @param progress is told how many runs are done
   * @return a row for each level that white doesn't have
   */
  public static List<Expected> of(
      PlaceEffects effects,
      EvolutionOptions search,
      Canvas canvas,
      String model,
      int runs,
      long seed,
      IntConsumer progress) {
    List<Reached> found = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ToDoubleFunction<BlackPixels> fit = effects.drawn(seed + run, run % 2 == 1);
      found.addAll(
          LevelRun.of(search, canvas, source(fit), effects.white(), model, "fit", seed + run));
      progress.accept(run + 1);
    }
    List<Expected> rows = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level == Level.END || Double.isFinite(level.logit(effects.white()))) {
        rows.add(
            row(
                effects,
                model,
                level,
                runs,
                found.stream().filter(it -> it.level() == level).toList()));
      }
    }
    return rows;
  }

  static LogitSource source(ToDoubleFunction<BlackPixels> fit) {
    return images -> {
      float[] logits = new float[images.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) fit.applyAsDouble(images.get(i));
      }
      return logits;
    };
  }

  private static Expected row(
      PlaceEffects effects, String model, Level level, int runs, List<Reached> reached) {
    double[] e = reached.stream().flatMapToDouble(it -> it.edgeIndex().stream()).toArray();
    OptionalDouble mean =
        e.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Samples.mean(e));
    OptionalDouble spread = e.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(sd(e));
    double between = spread.orElse(LEFT_OUT);
    double half = NORMAL_95 * Math.sqrt(LEFT_OUT * LEFT_OUT + between * between / 6);
    Optional<double[]> interval =
        mean.isPresent()
            ? Optional.of(
                new double[] {
                  Math.max(0, mean.getAsDouble() - half), Math.min(1, mean.getAsDouble() + half)
                })
            : Optional.empty();
    double pilot = effects.meanRankOfGain();
    return new Expected(
        model,
        1 / (1 + Math.exp(effects.white())),
        effects.helping(),
        Double.isNaN(pilot) ? OptionalDouble.empty() : OptionalDouble.of(pilot),
        level,
        runs,
        e.length / (double) runs,
        mean,
        interval.map(i -> OptionalDouble.of(i[0])).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(i[1])).orElse(OptionalDouble.empty()),
        spread,
        interval.map(Forecast::side).orElse("none"),
        reached.stream()
            .filter(it -> it.blackPixels() > 0)
            .mapToDouble(Reached::blackPixels)
            .average(),
        reached.stream().flatMapToDouble(it -> it.middleNinth().stream()).average());
  }

  private static String side(double[] interval) {
    return interval[1] < MIDDLE ? "edge" : interval[0] > MIDDLE ? "centre" : "none";
  }

  private static double sd(double[] values) {
    double mean = Samples.mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
