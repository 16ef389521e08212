package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.MinimalSet;
import org.whisker.boundary.Removals;
import org.whisker.image.EdgeRank;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code minimal.csv}: the result of a search from one start. Columns that describe the
 * set are empty when the search gave up. Logits are of not-cat.
 */
public record MinimalRow(
    @Column(meaning = "name of the image that the search started from") String start,
    @Column(unit = "probability", meaning = "the p(cat) to reach") double target,
    @Column(unit = "px", meaning = "number of black pixels of the starting image") int startPixels,
    @Column(unit = "probability") double startPCat,
    @Column(
            unit = "px",
            meaning = "number of pixels changed until the starting image reached the target")
        int flipsToTarget,
    @Column(unit = "px", meaning = "number of black pixels of the set") OptionalInt pixels,
    @Column(unit = "logit") @Nullable Float logit,
    @Column(unit = "probability") OptionalDouble pCat,
    @Column(
            meaning =
                "mean edge rank of the set, 0 (border) to 1 (centre); also empty for "
                    + "the empty set")
        OptionalDouble edgeIndex,
    @Column(meaning = "number of images scored") long evaluations,
    @Column(
            meaning =
                "whether no single pixel can be omitted, verified by full forward " + "passes")
        OneMinimal oneMinimal,
    @Column(
            unit = "probability",
            meaning =
                "maximum of p(cat) when any single pixel is omitted; also empty for "
                    + "the empty set")
        OptionalDouble largestPCatWithoutOne,
    @Column(
            meaning =
                "path of its file, relative to the folder and without extension; "
                    + "empty when there is none")
        String set) {
  /** The name of the file. */
  public static final String FILE = "minimal.csv";

  public static final Table<MinimalRow> TABLE = Table.of(MinimalRow.class, FILE);

  /** The row of a search. */
  public static MinimalRow of(String start, String file, MinimalSet found) {
    Optional<Removals> set = found.found();
    return new MinimalRow(
        start,
        found.target(),
        found.startPixels(),
        found.startProbability(),
        found.flips(),
        set.isPresent() ? OptionalInt.of(set.get().pixels().count()) : OptionalInt.empty(),
        set.isPresent() ? set.get().logit() : null,
        set.isPresent()
            ? OptionalDouble.of(set.get().wanted().probability(set.get().logit()))
            : OptionalDouble.empty(),
        set.isPresent() ? edgeIndex(set.get()) : OptionalDouble.empty(),
        found.evaluations(),
        set.map(OneMinimal::of).orElse(OneMinimal.UNTESTED),
        set.isPresent() ? set.get().largest() : OptionalDouble.empty(),
        set.isPresent() ? file : "");
  }

  private static OptionalDouble edgeIndex(Removals set) {
    return new EdgeRank(set.pixels().canvas()).edgeIndex(set.pixels());
  }

  /** Whether the search reached its target. */
  public boolean reached() {
    return pixels.isPresent();
  }

  /** For each target, the rows that reached it, the smallest set first. */
  public static Map<Double, List<MinimalRow>> smallestFirst(List<MinimalRow> rows) {
    Map<Double, List<MinimalRow>> byTarget = new TreeMap<>();
    for (MinimalRow row : rows) {
      List<MinimalRow> sets = byTarget.computeIfAbsent(row.target, t -> new ArrayList<>());
      if (row.reached()) {
        sets.add(row);
      }
    }
    byTarget
        .values()
        .forEach(all -> all.sort(Comparator.comparingInt(row -> row.pixels.orElseThrow())));
    return byTarget;
  }
}
