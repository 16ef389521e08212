package org.whisker.saliency.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.SaliencyMap;
import org.whisker.table.MapFiles;

/**
 * Saliency maps of images, as tables.
 *
 * <ul>
 *   <li>{@code METHOD.csv} and {@code .npy}: the map, with the sign and unit of the method
 *   <li>{@code METHOD-profile.csv}: one {@link ProfileRow} per ring
 *   <li>{@code METHOD-coverage.csv} and so on: the companions
 *   <li>{@code summary.csv}: one {@link SaliencyRow} per image and method
 * </ul>
 */
public final class SaliencyFiles {
  /** The name of the table that has all maps. */
  public static final String SUMMARY = "summary.csv";

  private SaliencyFiles() {}

  /** Writes the tables of one map into its image's folder. */
  public static void write(Path folder, ExplainedMap of) throws IOException {
    map(folder.resolve(of.stem()), of.map());
    for (Attribution.Companion companion : of.attribution().companions()) {
      map(folder.resolve(of.stem() + "-" + companion.name()), companion.map());
    }
    ProfileRow.TABLE.write(profile(folder, of.stem()), ProfileRow.of(of.profile()));
  }

  /** The files that {@link #write} writes. */
  public static List<Path> of(Path folder, ExplainedMap of) {
    List<Path> files = new ArrayList<>(List.of(profile(folder, of.stem())));
    List<String> stems = new ArrayList<>(List.of(of.stem()));
    of.attribution().companions().forEach(each -> stems.add(of.stem() + "-" + each.name()));
    for (String stem : stems) {
      files.add(folder.resolve(stem + ".csv"));
      files.add(folder.resolve(stem + ".npy"));
    }
    return files;
  }

  private static void map(Path stem, SaliencyMap map) throws IOException {
    MapFiles.write(stem, map.canvas(), MapFiles.doubles(map.values()), column(map.unit()));
  }

  static Path profile(Path folder, String stem) {
    return folder.resolve(stem + "-profile.csv");
  }

  /** The prefix of the names of a map's files. */
  public static String stem(String method) {
    return method.replace("++", "-plus-plus");
  }

  /** The unit in the form used in a column's name; logits are differences of logits. */
  static String column(String unit) {
    String squared = unit.endsWith("²") ? "squared_" : "";
    String name = unit.replaceAll("[^A-Za-z0-9]+", " ").strip().replace(' ', '_');
    return squared + (name.equals("logits") ? "delta_logit" : name);
  }

  /** Writes {@code summary.csv}; diagnostics that a method does not report are empty. */
  public static void summary(Path folder, List<SaliencyRow> rows) throws IOException {
    SaliencyRow.TABLE.write(folder.resolve(SUMMARY), rows);
  }
}
