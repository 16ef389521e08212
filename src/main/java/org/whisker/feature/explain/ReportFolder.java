package org.whisker.feature.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.ArmRow;
import org.whisker.explain.Finding;
import org.whisker.feature.ablate.ArmStrips.ArmLane;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Contained;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.InputFile;
import org.whisker.io.Manifest;
import org.whisker.page.Section.DataTable;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * The folder of an explanation, read back from its tables. Only {@code manifest.json} and {@code
 * findings.csv} are required; parts whose tables are missing are omitted from the page.
 */
public final class ReportFolder {
  static final String FINDINGS = Finding.FILE;
  private static final String NO_VERDICT = "no verdict";
  private static final List<String> DATA = List.of(".csv", ".npy", ".json");

  /** Those of some sixty models. */
  private static final int MOST_FINDINGS = 1_500;

  private final Contained root;
  private final JsonNode manifest;
  private final List<Finding> findings;
  private final List<String> models;

  private ReportFolder(Path root, JsonNode manifest, List<Finding> findings) {
    this.root = new Contained(root);
    this.manifest = manifest;
    this.findings = findings;
    this.models = findings.stream().map(f -> f.model()).distinct().toList();
  }

  /**
   * Reads manifest and findings.
   *
   * @throws IOException in one line that names the file that is missing or unreadable
   */
  public static ReportFolder open(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException(root + " is not a folder; name the folder that whisker explain wrote");
    }
    for (String needed : List.of(Manifest.NAME, FINDINGS)) {
      if (!Files.isRegularFile(root.resolve(needed))) {
        throw new IOException(
            root + " has no " + needed + "; name the folder that whisker explain wrote");
      }
    }
    JsonNode manifest = json(Manifest.file(root));
    Manifest.check(root, manifest);
    List<Finding> rows = Finding.read(root.resolve(FINDINGS));
    if (rows.isEmpty()) {
      throw new IOException(root.resolve(FINDINGS) + " has no row; run whisker explain again");
    }
    if (rows.size() > MOST_FINDINGS) {
      throw new IOException(
          Text.of(
              "%s has %,d rows, more than the %,d of a report; run whisker explain again",
              root.resolve(FINDINGS), rows.size(), MOST_FINDINGS));
    }
    for (Finding row : rows) {
      requireName(root, row.model(), "a model");
      requireName(root, row.experiment(), "an experiment");
    }
    return new ReportFolder(root, manifest, rows);
  }

  /** Models and experiments have folders of their names in the report, so none leads out of it. */
  private static void requireName(Path root, String name, String what) throws IOException {
    if (name.isBlank() || name.matches("\\.+|.*[/\\\\\\x00].*")) {
      throw new IOException(
          "%s: '%s' is no name of %s; restore the table"
              .formatted(root.resolve(FINDINGS), name, what));
    }
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      JsonNode node = new JsonMapper().readTree(InputFile.text(file));
      if (!node.isObject()) {
        throw new IOException(file + " is not a JSON object; run whisker explain again");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** A folder in it, named by models and experiments. */
  Path place(String name) throws IOException {
    return root.resolve(name);
  }

  JsonNode manifest() {
    return manifest;
  }

  /** Level of the tests of the report. */
  public double alpha() {
    return alpha(manifest);
  }

  private static double alpha(JsonNode manifest) {
    return manifest.path("alpha").asDouble(0.05);
  }

  /** The models in the order of their findings. */
  List<String> models() {
    return models;
  }

  public List<Finding> findings() {
    return findings;
  }

  /** The findings of a hypothesis, one per model. */
  List<Finding> findings(String hypothesis) {
    return findings.stream().filter(f -> f.hypothesis().equals(hypothesis)).toList();
  }

  /** Whether the experiment of a finding was done, even if it allows no verdict. */
  boolean wasDone(Finding finding) {
    return finding.isTested()
        || has(finding.model() + "/" + finding.experiment() + "/" + WithheldComparison.FILE);
  }

  /** The verdict in words; of an experiment that was done and allows none, {@code no verdict}. */
  String words(Finding finding) {
    return wasDone(finding) && !finding.isTested() ? NO_VERDICT : finding.words();
  }

  /** The hypotheses that have a verdict on no model, by what is said instead. */
  Map<String, List<Hypothesis>> withoutVerdict() {
    Map<String, List<Hypothesis>> all = new LinkedHashMap<>();
    for (Hypothesis hypothesis : Hypotheses.all()) {
      List<Finding> own = findings(hypothesis.id());
      if (!own.isEmpty() && own.stream().noneMatch(Finding::isTested)) {
        Finding told = own.stream().filter(this::wasDone).findFirst().orElse(own.get(0));
        all.computeIfAbsent(words(told), words -> new ArrayList<>()).add(hypothesis);
      }
    }
    return all;
  }

  boolean has(String file) {
    return root.has(file);
  }

  /** The rows of a table; empty if it is missing. */
  public List<CsvRow> rows(String file) throws IOException {
    return has(file) ? Csv.rows(root.resolve(file)) : List.of();
  }

  /** The rows of a table as records; empty if it is missing. */
  public <R extends Record> List<R> read(Table<R> table, String file) throws IOException {
    return table.readIfThere(root.resolve(file));
  }

  /**
   * A table of all models that have this file below {@code below}, each row beside the name of its
   * model; empty without rows.
   *
   * @param shown the rows to show, of those of a model
   */
  <R extends Record> Optional<DataTable> table(
      String below,
      Table<R> table,
      UnaryOperator<List<R>> shown,
      Function<String, Columns<R>> columns,
      String caption)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    for (String model : models) {
      String file = model + "/" + below + table.file();
      for (List<String> cells : columns.apply(model).rows(shown.apply(read(table, file)))) {
        rows.add(beside(model, cells));
        csv = csv == null ? file : csv;
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataTable(beside("model", columns.apply("").titles()), rows, caption, csv));
  }

  /** The same, of all rows, and with the same columns for all models. */
  <R extends Record> Optional<DataTable> table(
      String below, Table<R> table, Columns<R> columns, String caption) throws IOException {
    return table(below, table, rows -> rows, model -> columns, caption);
  }

  private static List<String> beside(String first, List<String> cells) {
    return Stream.concat(Stream.of(first), cells.stream()).toList();
  }

  /** The runs of an experiment by arm; empty if it has no table. */
  List<ArmLane> lanes(String model, String experiment) throws IOException {
    String own = model + "/" + experiment + "/";
    return ArmLane.of(
        read(ArmRow.TABLE, own + ArmRow.FILE), read(ArmSummary.TABLE, own + ArmSummary.FILE));
  }

  /** The experiments of a model that have tables. */
  List<String> experiments(String model) throws IOException {
    return names(root.resolve(model)).stream()
        .filter(name -> has(model + "/" + name + "/arms.csv"))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  /**
   * All tables and matrices below the folder, relative to it, without hidden and temporary files.
   */
  List<String> data() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(root.folder())) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        String name = root.folder().relativize(file).toString().replace('\\', '/');
        boolean hidden = name.startsWith(".") || name.contains("/.");
        if (!hidden && DATA.stream().anyMatch(name::endsWith)) {
          files.add(name);
        }
      }
    }
    return files;
  }
}
