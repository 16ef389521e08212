package org.whisker.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.io.CsvRow;
import org.whisker.page.ReportFolder;

/**
 * A run of an arm, as {@code arms.csv} has it.
 *
 * @param variant the network; several of an arm where they are trained
 * @param success whether p(cat) reached the target
 * @param white p(cat) of the empty canvas
 */
public record ArmLine(
    String arm,
    String variant,
    String view,
    long run,
    long seed,
    boolean success,
    OptionalDouble catProbability,
    OptionalDouble white,
    OptionalDouble pixels,
    OptionalDouble edgeIndex) {
  /** Arms without a network, under a flat fitness. */
  private static final String FLAT = "flat-";

  /** The runs of an experiment, none when it has no table. */
  public static List<ArmLine> read(ReportFolder folder, String file) throws IOException {
    List<ArmLine> lines = new ArrayList<>();
    for (CsvRow row : folder.rows(file)) {
      lines.add(
          new ArmLine(
              row.text("arm"),
              row.text("variant"),
              row.text("view"),
              row.integer("run"),
              row.integer("seed"),
              row.text("success").equals("1"),
              row.optionalNumber("p_cat"),
              row.optionalNumber("bare_p_cat"),
              row.optionalNumber("black_pixels"),
              row.optionalNumber("edge_index")));
    }
    return lines;
  }

  /** This as a run of another arm. */
  public ArmLine named(String name) {
    return new ArmLine(
        name, variant, view, run, seed, success, catProbability, white, pixels, edgeIndex);
  }

  public boolean isFlat() {
    return arm.startsWith(FLAT);
  }

  /** By arm, in the table's order. */
  public static Map<String, List<ArmLine>> byArm(List<ArmLine> lines) {
    return by(ArmLine::arm, lines);
  }

  /** By network, in the table's order. */
  public static Map<String, List<ArmLine>> byNetwork(List<ArmLine> lines) {
    return by(ArmLine::variant, lines);
  }

  private static Map<String, List<ArmLine>> by(Function<ArmLine, String> key, List<ArmLine> lines) {
    Map<String, List<ArmLine>> groups = new LinkedHashMap<>();
    lines.forEach(
        line -> groups.computeIfAbsent(key.apply(line), k -> new ArrayList<>()).add(line));
    return groups;
  }

  public static double[] values(List<ArmLine> lines, Function<ArmLine, OptionalDouble> value) {
    return lines.stream()
        .map(value)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
