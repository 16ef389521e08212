package org.whisker.feature.league;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.whisker.ablation.ArmRun;
import org.whisker.classifier.Classifier;
import org.whisker.job.input.PictureGroup;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.stats.ShareInterval;
import org.whisker.table.Column;
import org.whisker.table.Table;

public final class LeagueTables {
  /** The numbers of images at which searches are compared, besides that of the whole run. */
  private static final long[] IMAGES = {100, 300, 1000, 3000, 10_000, 30_000, 100_000};

  private static final double HALF = 0.5;
  private static final double LEVEL = 0.95;

  private LeagueTables() {}

  /** The rows of a search on a network, by number of images scored. */
  static List<LeagueRow> rows(
      String model, Contestant search, List<ArmRun> runs, double target, long evaluations) {
    List<LeagueRow> rows = new ArrayList<>();
    LongStream.concat(
            LongStream.of(IMAGES).filter(images -> images < evaluations),
            LongStream.of(evaluations))
        .forEach(images -> rows.add(row(model, search, images, runs, target)));
    return rows;
  }

  private static LeagueRow row(
      String model, Contestant search, long images, List<ArmRun> runs, double target) {
    int reached = within(runs, target, images);
    Interval interval = ShareInterval.of(reached, runs.size(), LEVEL);
    return new LeagueRow(
        model,
        search.label(),
        images,
        runs.size(),
        within(runs, HALF, images),
        reached,
        (double) reached / runs.size(),
        interval.low(),
        interval.high(),
        Samples.median(runs.stream().mapToDouble(run -> best(run, images)).toArray()));
  }

  private static int within(List<ArmRun> runs, double p, long images) {
    return (int)
        runs.stream()
            .filter(run -> run.at(p).filter(step -> step.evaluations() <= images).isPresent())
            .count();
  }

  /** The highest p(target) within so many images; 0 before the first. */
  private static double best(ArmRun run, long images) {
    return run.outcome().stream()
        .flatMap(outcome -> outcome.climb().stream())
        .filter(step -> step.evaluations() <= images)
        .mapToDouble(ArmRun.Step::catProbability)
        .max()
        .orElse(0);
  }

  static LeagueRunRow row(String model, Contestant search, ArmRun run, double target) {
    return new LeagueRunRow(
        model,
        search.label(),
        run.seed(),
        run.ending(),
        run.outcome().map(o -> OptionalLong.of(o.evaluations())).orElse(OptionalLong.empty()),
        images(run, HALF),
        images(run, target),
        run.catProbability(),
        run.outcome().map(o -> OptionalInt.of(o.image().count())).orElse(OptionalInt.empty()),
        run.edgeIndex());
  }

  private static OptionalLong images(ArmRun run, double p) {
    return run.at(p).map(step -> OptionalLong.of(step.evaluations())).orElse(OptionalLong.empty());
  }

  /** A row of {@value #FILE}: how many runs of a search reach a cat within a number of images. */
  public record LeagueRow(
      String model,
      @Column(meaning = "name of the search") String search,
      @Column(meaning = "number of images scored") long images,
      @Column(meaning = "runs, failed ones included") int runs,
      @Column(meaning = "runs that reach p(target) 0.5 within this number of images") int atHalf,
      @Column(meaning = "runs that reach the target within this number of images") int atTarget,
      @Column(meaning = "share of runs that reach the target within this number of images")
          double share,
      @Column(meaning = "lower end of its 95 % interval (Wilson)") double ciLow,
      double ciHigh,
      @Column(
              value = "median_p_target",
              unit = "probability",
              meaning =
                  "median over runs of the highest p(target) within this number of images; a run"
                      + " that ended at the target keeps its last p(target)")
          double medianCatProbability) {
    public static final String FILE = "league.csv";
    public static final Table<LeagueRow> TABLE = Table.of(LeagueRow.class, FILE);
  }

  /** A row of {@value #FILE}: the photo that a run begins with, if it is not white. */
  public record LeaguePhotoRow(
      String model,
      @Column(meaning = "seed of the runs that begin with it") long seed,
      @Column(meaning = "folder and name of its file") String photo,
      @Column(value = "p_target", unit = "probability", meaning = "p(target) of the photo")
          double catProbability,
      @Column(meaning = "its number among the photos of the folder, from 0") int number) {
    public static final String FILE = "league_photos.csv";
    public static final Table<LeaguePhotoRow> TABLE = Table.of(LeaguePhotoRow.class, FILE);

    LeaguePhotoRow(String model, long seed, PictureGroup.Member photo, float logit, int number) {
      this(
          model,
          seed,
          photo.group().name() + "/" + Path.of(photo.picture().file()).getFileName(),
          Classifier.catProbability(logit),
          number);
    }
  }

  /** A row of {@value #FILE}: a run of a league. */
  public record LeagueRunRow(
      String model,
      @Column(meaning = "name of the search") String search,
      long seed,
      @Column(meaning = "why the run ended; failed where it ended with an error") String endedBy,
      @Column(meaning = "images scored; empty for a run that failed") OptionalLong images,
      @Column(meaning = "images scored until p(target) 0.5; empty when it was not reached")
          OptionalLong imagesToHalf,
      @Column(meaning = "images scored until the target; empty when it was not reached")
          OptionalLong imagesToTarget,
      @Column(value = "p_target", unit = "probability", meaning = "p(target) of the final image")
          OptionalDouble catProbability,
      @Column(meaning = "black pixels of the final image") OptionalInt blackPixels,
      @Column(meaning = "E of the final image; empty when it is white") OptionalDouble edgeIndex) {
    public static final String FILE = "league_runs.csv";
    public static final Table<LeagueRunRow> TABLE = Table.of(LeagueRunRow.class, FILE);
  }
}
