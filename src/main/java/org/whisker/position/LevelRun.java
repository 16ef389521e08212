package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Labelled;

/**
 * Where the pixels of one run of a search lie when it reaches each level: the fittest image of the
 * first generation whose fittest image reaches it. A run that doesn't reach one has no row of it.
 */
public final class LevelRun {
  private static final double LOGIT_096 = Math.log(0.04 / 0.96);

  private LevelRun() {}

  /** A level that a search may reach. */
  public enum Level implements Labelled {
    /** The logit towards the class has risen by 1 over white. */
    GAIN_1,
    GAIN_2,
    GAIN_4,
    /** The probability of the class is ½; white has less. */
    HALF,
    /** It is 0.96; white has less. */
    TARGET,
    /** The last generation. */
    END;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The logit of not-class that must be reached; no number that any image has for the end. */
    double logit(double white) {
      return switch (this) {
        case GAIN_1 -> white - 1;
        case GAIN_2 -> white - 2;
        case GAIN_4 -> white - 4;
        case HALF -> white > 0 ? 0 : Double.NEGATIVE_INFINITY;
        case TARGET -> white > LOGIT_096 ? LOGIT_096 : Double.NEGATIVE_INFINITY;
        case END -> Double.NEGATIVE_INFINITY;
      };
    }
  }

  /** An image of a run at a level, a row of {@value #FILE}. */
  public record Reached(
      @Column(meaning = "the network, and the class where it is asked for another one")
          String model,
      @Column(
              meaning =
                  "network; rolled: images are shifted cyclically, by offsets of the run's own")
          String arm,
      @Column(meaning = "seed of the run") long seed,
      @Column(
              meaning =
                  "gain-1, gain-2, gain-4: so many logits over white; half, target: p ½, 0.96;"
                      + " end: the last generation")
          Level level,
      @Column(meaning = "generation whose fittest image reached it first") int generation,
      @Column(unit = "logit", meaning = "of not being the class, of that image") double logit,
      @Column(unit = "logit", meaning = "of white") double white,
      @Column(meaning = "its black pixels") int blackPixels,
      @Column(meaning = "mean edge rank of its black pixels; empty for none")
          OptionalDouble edgeIndex,
      @Column(meaning = "share of them in the middle ninth of the canvas; empty for none")
          OptionalDouble middleNinth) {
    public static final String FILE = "levels.csv";
    public static final Table<Reached> TABLE = Table.of(Reached.class, FILE);
  }

  /**
   * Runs a search to its end.
   *
   * @param white the logit of white
   */
  public static List<Reached> of(
      EvolutionOptions options,
      Canvas canvas,
      LogitSource source,
      double white,
      String model,
      String arm,
      long seed) {
    EdgeRank ranks = new EdgeRank(canvas);
    Map<Level, Reached> found = new EnumMap<>(Level.class);
    RunResult result =
        new Evolution(options, canvas, source)
            .run(
                seed,
                (stats, best) -> {
                  for (Level level : Level.values()) {
                    if (best.logit() <= level.logit(white)) {
                      found.computeIfAbsent(
                          level,
                          it -> row(it, stats.generation(), best, white, model, arm, seed, ranks));
                    }
                  }
                  return true;
                });
    found.put(
        Level.END,
        row(Level.END, result.generations(), result.best(), white, model, arm, seed, ranks));
    return new ArrayList<>(found.values());
  }

  private static Reached row(
      Level level,
      int generation,
      Individual best,
      double white,
      String model,
      String arm,
      long seed,
      EdgeRank ranks) {
    BlackPixels image = best.genome();
    return new Reached(
        model,
        arm,
        seed,
        level,
        generation,
        best.logit(),
        white,
        image.count(),
        ranks.edgeIndex(image),
        middleNinth(image));
  }

  /** The share of black pixels in the middle third of rows and of columns; empty for none. */
  static OptionalDouble middleNinth(BlackPixels image) {
    Canvas canvas = image.canvas();
    return Arrays.stream(image.indices())
        .map(
            p ->
                isMiddle(canvas.x(p), canvas.width()) && isMiddle(canvas.y(p), canvas.height())
                    ? 1
                    : 0)
        .average();
  }

  private static boolean isMiddle(int at, int length) {
    return 3 * at >= length && 3 * (at + 1) <= 2 * length;
  }

  /**
   * The source's logits of images that are rolled over the borders by offsets of the seed's own.
   */
  public static LogitSource rolled(LogitSource source, Canvas canvas, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "rolled offsets", 0);
    int dx = random.nextInt(canvas.width());
    int dy = random.nextInt(canvas.height());
    return images -> source.logits(images.stream().map(image -> rolled(image, dx, dy)).toList());
  }

  private static BlackPixels rolled(BlackPixels image, int dx, int dy) {
    Canvas canvas = image.canvas();
    return BlackPixels.of(
        canvas,
        Arrays.stream(image.indices())
            .map(
                p ->
                    canvas.index(
                        (canvas.x(p) + dx) % canvas.width(), (canvas.y(p) + dy) % canvas.height()))
            .toArray());
  }
}
