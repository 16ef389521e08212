package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.io.CsvWriter;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.CounterfactualRow;

/**
 * Counterfactuals of one group of images.
 *
 * @param cats how many were cats in two tones
 * @param crossed how many of those were turned
 * @param medianFlips over the cats, those not turned counted as infinitely far; empty where it is
 *     infinite, or there is none
 * @param inkIndex the mean edge index of the turned images' ink
 * @param test the mean edge index of the flips, against the same flips rolled over the borders;
 *     empty where nothing was turned
 */
public record CounterfactualSummary(
    String group,
    int images,
    int cats,
    int crossed,
    OptionalDouble medianFlips,
    OptionalDouble inkIndex,
    Optional<ToroidalShift> test) {
  private static final int SHIFTS = 9_999;

  /**
   * Reads the flips of a table's images and writes {@code summary.csv}, a row a group.
   *
   * @param seed of the shifts
   */
  public static List<CounterfactualSummary> write(
      Path folder, List<CounterfactualRow> rows, long seed) throws IOException {
    Map<String, List<CounterfactualRow>> groups = new LinkedHashMap<>();
    for (CounterfactualRow row : rows) {
      groups.computeIfAbsent(row.group(), name -> new ArrayList<>()).add(row);
    }
    List<CounterfactualSummary> summaries = new ArrayList<>();
    for (Map.Entry<String, List<CounterfactualRow>> group : groups.entrySet()) {
      summaries.add(of(folder, group.getKey(), group.getValue(), seed));
    }
    write(folder.resolve("summary.csv"), summaries);
    return summaries;
  }

  private static CounterfactualSummary of(
      Path folder, String group, List<CounterfactualRow> rows, long seed) throws IOException {
    List<BlackPixels> flips = new ArrayList<>();
    for (CounterfactualRow row : rows) {
      if (row.status() == CounterfactualRow.Status.CROSSED) {
        flips.add(CounterfactualFiles.flips(folder, row));
      }
    }
    return new CounterfactualSummary(
        group,
        rows.size(),
        (int) rows.stream().filter(CounterfactualRow::isCat).count(),
        flips.size(),
        medianFlips(rows),
        rows.stream()
            .filter(row -> row.status() == CounterfactualRow.Status.CROSSED)
            .flatMapToDouble(row -> row.inkIndex().stream())
            .average(),
        test(flips, SplitMix64.stream(seed, "flips shifted: " + group, 0)));
  }

  private static OptionalDouble medianFlips(List<CounterfactualRow> rows) {
    double[] flips =
        rows.stream()
            .filter(CounterfactualRow::isCat)
            .mapToDouble(r -> r.flips().isPresent() ? r.flips().getAsInt() : Double.MAX_VALUE)
            .toArray();
    Arrays.sort(flips);
    if (flips.length == 0 || flips[flips.length / 2] == Double.MAX_VALUE) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((flips[(flips.length - 1) / 2] + flips[flips.length / 2]) / 2);
  }

  private static Optional<ToroidalShift> test(List<BlackPixels> flips, SplitMix64 random) {
    if (flips.isEmpty()) {
      return Optional.empty();
    }
    EdgeRank rank = new EdgeRank(flips.get(0).canvas());
    return Optional.of(
        ToroidalShift.test(flips, image -> rank.edgeIndex(image).orElseThrow(), SHIFTS, random));
  }

  private static void write(Path file, List<CounterfactualSummary> all) throws IOException {
    List<String> header =
        List.of(
            "images",
            "count",
            "cats",
            "crossed",
            "median_flips",
            "edge_index_flips",
            "null_mean",
            "null_sd",
            "p",
            "shifts",
            "edge_index_ink");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (CounterfactualSummary each : all) {
        ToroidalShift test = each.test.orElse(null);
        csv.row(
            each.group,
            each.images,
            each.cats,
            each.crossed,
            each.medianFlips,
            test == null ? null : test.observed(),
            test == null ? null : test.nullMean(),
            test == null ? null : test.nullSd(),
            test == null ? null : test.p(),
            test == null ? null : test.shifts(),
            each.inkIndex);
      }
      csv.finish();
    }
  }
}
