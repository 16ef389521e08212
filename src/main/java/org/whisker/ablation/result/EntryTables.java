package org.whisker.ablation.result;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** Rows of the tables of searches that enter the middle of the canvas, or are held there. */
public final class EntryTables {
  private EntryTables() {}

  /** A row of {@value #FILE}: what an arm came to, and how many images it scored. */
  public record EntryEffortRow(
      String arm,
      @Column(meaning = "number of runs of the arm") int runs,
      @Column(meaning = "number of runs whose p(target) reached the target") int successes,
      @Column(unit = "share", meaning = "share of the runs that reached the target") double success,
      @Column(unit = "share", meaning = "lower end of its 95 % interval (Wilson)")
          double successLow,
      @Column(unit = "share", meaning = "upper end of the interval") double successHigh,
      @Column(
              unit = "logit",
              meaning =
                  "logit against the target of the empty canvas less that of the final image, mean over"
                      + " runs")
          OptionalDouble gain,
      @Column(unit = "logit", meaning = "lower end of its 95 % interval") OptionalDouble gainLow,
      @Column(unit = "logit", meaning = "upper end of the interval") OptionalDouble gainHigh,
      @Column(unit = "probability", meaning = "p(target) of the final image, mean over runs")
          OptionalDouble pTarget,
      @Column(
              unit = "images",
              meaning =
                  "images scored until p(target) reached the target, mean over runs; a run that did"
                      + " not reach it counts with all its images")
          OptionalDouble images,
      @Column(unit = "images", meaning = "lower end of its 95 % interval") OptionalDouble imagesLow,
      @Column(unit = "images", meaning = "upper end of the interval") OptionalDouble imagesHigh,
      @Column(
              unit = "px",
              meaning =
                  "black pixels of the first image at the target, or of the final image of a run"
                      + " that did not reach it; mean over runs")
          OptionalDouble pixels,
      @Column(unit = "px", meaning = "lower end of its 95 % interval") OptionalDouble pixelsLow,
      @Column(unit = "px", meaning = "upper end of the interval") OptionalDouble pixelsHigh) {
    public static final String FILE = "entry_cost.csv";
    public static final Table<EntryEffortRow> TABLE = Table.of(EntryEffortRow.class, FILE);
  }

  /**
   * A row of {@value #FILE}: where the pixels lie that a search added, by the number of central
   * pixels that it began with or that a mutation adds at once.
   */
  public record StartRow(
      @Column(
              meaning =
                  "given: central black pixels that all founders have; at-once: pixels that a"
                      + " mutation adds together")
          String start,
      @Column(unit = "px", meaning = "how many of them") int count,
      String arm,
      @Column(meaning = "the measure: edge_index of final images, or at an equal p(target)")
          String measure,
      @Column(meaning = "number of runs with a value") int runs,
      @Column(meaning = "edge index of the added pixels, mean over runs") OptionalDouble edgeIndex,
      OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(meaning = "number of rolled runs with a value") int rolledRuns,
      @Column(
              meaning =
                  "edge index of the added pixels when the network sees images rolled by a random"
                      + " offset, mean over runs")
          OptionalDouble rolledEdgeIndex,
      @Column(meaning = "lower end of its 95 % interval") OptionalDouble rolledLow,
      @Column(meaning = "upper end of the interval") OptionalDouble rolledHigh) {
    public static final String FILE = "entry_start.csv";
    public static final Table<StartRow> TABLE = Table.of(StartRow.class, FILE);
    public static final String GIVEN = "given";
    public static final String AT_ONCE = "at-once";
  }

  /**
   * A row of {@value #FILE}: how good the best image so far is, in runs that are held to the middle
   * and then released, and in free ones.
   */
  public record ReleaseRow(
      String arm,
      @Column(meaning = "whether its pixels were held to the middle at first") boolean held,
      @Column(meaning = "generations after which they were released") int release,
      @Column(
              meaning =
                  "what is counted: generations, images (scored so far), or since-release"
                      + " (generations after the release)")
          String by,
      @Column(meaning = "the count") long at,
      @Column(meaning = "number of runs") int runs,
      @Column(unit = "probability", meaning = "p(target) of the best image so far, mean over runs")
          OptionalDouble pTarget,
      @Column(unit = "probability", meaning = "lower end of its 95 % interval")
          OptionalDouble pTargetLow,
      @Column(unit = "probability", meaning = "upper end of the interval")
          OptionalDouble pTargetHigh,
      @Column(
              unit = "nat",
              meaning =
                  "the score: cross-entropy plus λ times black pixels of that image, mean over"
                      + " runs; lower is better")
          OptionalDouble loss,
      @Column(unit = "nat", meaning = "lower end of its 95 % interval") OptionalDouble lossLow,
      @Column(unit = "nat", meaning = "upper end of the interval") OptionalDouble lossHigh,
      @Column(unit = "px", meaning = "black pixels of that image, mean over runs")
          OptionalDouble pixels,
      @Column(unit = "px", meaning = "lower end of its 95 % interval") OptionalDouble pixelsLow,
      @Column(unit = "px", meaning = "upper end of the interval") OptionalDouble pixelsHigh) {
    public static final String FILE = "release.csv";
    public static final Table<ReleaseRow> TABLE = Table.of(ReleaseRow.class, FILE);
    public static final String GENERATIONS = "generations";
    public static final String IMAGES = "images";
    public static final String SINCE_RELEASE = "since-release";
  }
}
