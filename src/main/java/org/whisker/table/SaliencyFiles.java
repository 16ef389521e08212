package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.image.EdgeBin;
import org.whisker.io.CsvWriter;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.MapEdgeIndex;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;

/**
 * Maps that explain pictures, as tables.
 *
 * <ul>
 *   <li>{@code METHOD.csv} and {@code .npy}: the map, with the method's own sign and unit
 *   <li>{@code METHOD-profile.csv}: mean |value| from the border inwards; {@code null_low} and
 *       {@code null_high} hold it in 95 % of the maps shifted at random
 *   <li>{@code METHOD-coverage.csv} and so on: the companions
 *   <li>{@code summary.csv}: a row a picture and method
 * </ul>
 */
public final class SaliencyFiles {
  private static final List<String> PROFILE =
      List.of(
          "u_from",
          "u_to",
          "px_nearest",
          "px_farthest",
          "pixels",
          "mean_absolute",
          "relative",
          "null_low",
          "null_high",
          "p");
  private static final List<String> SUMMARY =
      List.of(
          "image",
          "file",
          "method",
          "settings",
          "unit",
          "sign",
          "width",
          "height",
          "resized",
          "logit",
          "p_cat",
          "zero",
          "mean_absolute",
          "largest_absolute",
          "edge_index",
          "p_edge_index",
          "border_relative",
          "rho_edge_rank",
          "p_edge_rank",
          "shifts");

  private SaliencyFiles() {}

  /** Writes the tables of one map. */
  public static void write(Path folder, ExplainedMap of) throws IOException {
    map(folder.resolve(of.stem()), of.map());
    for (Attribution.Companion companion : of.attribution().companions()) {
      map(folder.resolve(of.stem() + "-" + companion.name()), companion.map());
    }
    profile(folder.resolve(of.stem() + "-profile.csv"), of.profile());
  }

  private static void map(Path stem, SaliencyMap map) throws IOException {
    MapFiles.write(stem, map.canvas(), MapFiles.doubles(map.values()), column(map.unit()));
  }

  /** The unit as a column's name; logits are differences of logits. */
  static String column(String unit) {
    String squared = unit.endsWith("²") ? "squared_" : "";
    String name = unit.replaceAll("[^A-Za-z0-9]+", " ").strip().replace(' ', '_');
    return squared + (name.equals("logits") ? "delta_logit" : name);
  }

  private static void profile(Path file, RadialProfile radial) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, PROFILE)) {
      for (int i = 0; i < radial.bands().size(); i++) {
        SaliencyProfile.Bin bin = radial.profile().bins().get(i);
        RadialProfile.Band band = radial.bands().get(i);
        EdgeBin where = bin.where();
        csv.row(
            where.from(),
            where.to(),
            where.nearest(),
            where.farthest(),
            where.pixels(),
            bin.meanAbsolute(),
            bin.relative(),
            band.interval().low(),
            band.interval().high(),
            band.p());
      }
      csv.finish();
    }
  }

  /** Writes {@code summary.csv}; diagnostics that a method has not are empty. */
  public static void summary(Path folder, List<ExplainedMap> maps) throws IOException {
    List<String> header = new ArrayList<>(SUMMARY);
    for (Diagnostic what : Diagnostic.values()) {
      header.add(what.column());
    }
    try (CsvWriter csv = CsvWriter.create(folder.resolve("summary.csv"), header)) {
      for (ExplainedMap of : maps) {
        csv.row(cells(of));
      }
      csv.finish();
    }
  }

  private static @Nullable Object[] cells(ExplainedMap of) {
    SaliencyMap map = of.map();
    SaliencyProfile profile = of.profile().profile();
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(of.picture().name());
    cells.add(of.picture().file());
    cells.add(of.method());
    cells.add(of.settings());
    cells.add(map.unit());
    cells.add(map.sign().legend());
    cells.add(map.canvas().width());
    cells.add(map.canvas().height());
    cells.add(of.picture().resized());
    cells.add(of.picture().logit());
    cells.add(of.picture().cat());
    cells.add(map.isZero());
    cells.add(profile.meanAbsolute());
    cells.add(largest(map));
    cells.add(of.edgeIndex().map(MapEdgeIndex::index).orElse(null));
    cells.add(of.edgeIndex().map(MapEdgeIndex::p).orElse(null));
    cells.add(profile.bins().get(0).relative());
    cells.add(of.profile().byEdgeRank().map(TestResult::statistic).orElse(null));
    cells.add(of.profile().byEdgeRank().map(TestResult::p).orElse(null));
    cells.add(of.profile().shifts());
    for (Diagnostic what : Diagnostic.values()) {
      cells.add(of.attribution().diagnostic(what));
    }
    return cells.toArray();
  }

  private static double largest(SaliencyMap map) {
    double largest = 0;
    for (float value : map.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
