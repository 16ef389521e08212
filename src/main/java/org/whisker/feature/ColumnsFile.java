package org.whisker.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Csv;
import org.whisker.io.Manifest;
import org.whisker.option.Records;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * {@value Manifest#COLUMNS}: what each column of the tables in a folder holds, for whoever reads
 * them by other programs. It is written beside the manifest, also for the tables in the folders
 * below.
 */
final class ColumnsFile implements FolderChart {
  private static final String CARD = "model.json";
  private static final int PLACES = 3;
  private static final int DEEP = 6;
  private static final String INTRODUCTION =
      """
      # Columns

      What the columns of the tables in this folder hold. An empty cell is a value that there is not; yes and no are 1 and 0.
      The logit is against the target: p(target) = 1 - sigmoid(logit). E, the edge index, is 0 at the border, 1/2 for pixels
      at random places, and 1 in the middle.
      """;

  private static final String PAGE =
      """
      # Tables

      Every table that whisker writes to a file of a fixed name, with the columns that it may have. This page is made of the
      declarations by which the tables are written; `COLUMNS.md` in each output folder has those of that folder. Under
      *sign* stands what a value above or below 0 says. An empty cell is a value that there is not; yes and no are 1
      and 0. The [glossary](glossary.md) explains the terms.
      """;

  @Override
  public void draw(Path folder, ChartFiles charts) throws IOException {
    if (!Manifest.isIn(folder) && !Files.isRegularFile(folder.resolve(CARD))) {
      return; // the folder above it has one
    }
    Map<Named, List<String>> files = new LinkedHashMap<>();
    for (Path file : tables(folder)) {
      String place = folder.relativize(file).toString().replace('\\', '/');
      Named.of(file)
          .ifPresent(each -> files.computeIfAbsent(each, key -> new ArrayList<>()).add(place));
    }
    Map<Described, List<String>> places = new LinkedHashMap<>();
    files.forEach(
        (named, where) ->
            Described.of(named)
                .ifPresent(
                    each -> places.computeIfAbsent(each, key -> new ArrayList<>()).addAll(where)));
    if (!places.isEmpty()) {
      AtomicFiles.write(folder.resolve(Manifest.COLUMNS), text(places));
    }
  }

  /** All tables that whisker writes, in Markdown: a page of the documentation. */
  static String page() {
    StringBuilder text = new StringBuilder(PAGE);
    Tables.all().stream()
        .filter(table -> !table.file().isEmpty())
        .sorted(Comparator.<Table<?>, String>comparing(Table::file).thenComparing(ColumnsFile::row))
        .forEach(
            table ->
                text.append("\n## %s: %s\n".formatted(table.file(), row(table)))
                    .append(columns(new Described(table))));
    return text.toString();
  }

  /** What a row is, from the name of its record: {@code run summary}. */
  private static String row(Table<?> table) {
    String words = table.row().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return words.replaceAll(" Row$", "").toLowerCase(Locale.ROOT);
  }

  private static String columns(Described table) {
    StringBuilder text =
        new StringBuilder("| column | unit | sign | meaning |\n|---|---|---|---|\n");
    table.columns().forEach(column -> text.append(column.line()));
    return text.toString();
  }

  private static List<Path> tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEEP)) {
      return files.filter(ColumnsFile::isTable).sorted().toList();
    }
  }

  private static boolean isTable(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".csv") && !name.startsWith(".") && Files.isRegularFile(file);
  }

  private static String text(Map<Described, List<String>> places) {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    places.forEach(
        (table, where) -> {
          text.append("\n## ").append(title(where)).append('\n');
          text.append(where(where)).append("\n\n");
          text.append(columns(table));
        });
    return text.toString();
  }

  /** The name of these files, or how all of their names end. */
  private static String title(List<String> places) {
    List<String> names =
        places.stream().map(each -> each.substring(each.lastIndexOf('/') + 1)).distinct().toList();
    String first = names.get(0);
    if (names.size() == 1) {
      return first;
    }
    String end = first.substring(Math.max(first.lastIndexOf('-'), 0));
    return names.stream().allMatch(name -> name.endsWith(end)) && end.startsWith("-")
        ? "*" + end
        : names.size() == 2 ? String.join(", ", names) : "%s and others".formatted(first);
  }

  private static String where(List<String> places) {
    String first =
        String.join(", ", places.stream().limit(PLACES).map(each -> "`" + each + "`").toList());
    int more = places.size() - PLACES;
    return more > 0 ? Text.of("%s and %d more", first, more) : first;
  }

  /** Files of one name with the same columns. */
  private record Named(String name, List<String> header) {
    /** Reads the header of a file; empty for what is no table, whoever put it there. */
    static Optional<Named> of(Path file) {
      try {
        return Optional.of(new Named(String.valueOf(file.getFileName()), Csv.header(file)));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  /** The columns of a table. */
  private record Described(List<DescribedColumn> columns) {
    private Described {
      columns = List.copyOf(columns);
    }

    Described(Table<?> table) {
      this(table.fields().stream().map(DescribedColumn::of).toList());
    }

    /** The columns of a file; empty where the file is none of whisker's. */
    static Optional<Described> of(Named file) {
      return declared(file).or(() -> DescribedColumn.ofMap(file.header())).map(Described::new);
    }

    /**
     * The declared table whose columns the file has: of those of its name, or else of those of no
     * name, the one that lacks the fewest.
     */
    private static Optional<List<DescribedColumn>> declared(Named file) {
      List<String> header = file.header();
      ToLongFunction<Table<?>> foreign = table -> table.file().equals(file.name()) ? 0 : 1;
      return Stream.concat(Tables.all().stream(), Tables.ofAnyName().stream())
          .filter(
              table ->
                  (table.file().equals(file.name()) && names(table, header).containsAll(header))
                      || (table.file().isEmpty() && names(table, header).equals(header)))
          .min(
              Comparator.<Table<?>>comparingLong(foreign)
                  .thenComparing(table -> table.header().size()))
          .map(
              table ->
                  table.fields().stream()
                      .map(
                          field ->
                              Records.changed(field, Table.Field::name)
                                  .to(name(field.name(), header)))
                      .filter(field -> header.contains(field.name()))
                      .map(DescribedColumn::of)
                      .toList());
    }

    private static List<String> names(Table<?> table, List<String> header) {
      return table.header().stream().map(name -> name(name, header)).toList();
    }

    /** What a column is called in a file: its name may be that of a class other than cat. */
    private static String name(String column, List<String> header) {
      return header.contains(column) ? column : column.replace("target", "cat");
    }
  }

  /**
   * A column.
   *
   * @param sign what a value above or below 0 says; empty where there is nothing to say
   */
  record DescribedColumn(String name, String unit, String sign, String meaning) {
    private static final List<String> SIGNS =
        List.of("; above 0", "; below 0", ": above 0", ": below 0");

    static DescribedColumn of(Table.Field field) {
      String meaning = field.meaning();
      int cut = SIGNS.stream().mapToInt(meaning::indexOf).filter(at -> at > 0).min().orElse(-1);
      return cut < 0
          ? new DescribedColumn(field.name(), field.unit(), usual(field), meaning)
          : new DescribedColumn(
              field.name(), field.unit(), meaning.substring(cut + 2), meaning.substring(0, cut));
    }

    /** The sign of what is declared without one. */
    private static String usual(Table.Field field) {
      String name = field.name();
      if (!field.unit().equals("logit")) {
        return "";
      }
      if (name.startsWith("delta") || name.contains("delta_logit")) {
        return "above 0 is away from the target";
      }
      if (name.startsWith("gain") && !name.contains("ci_") && !name.contains("effect")) {
        return "above 0 is towards the target";
      }
      return name.equals("logit") || name.startsWith("logit_") || name.endsWith("_logit")
          ? "below 0 is the target"
          : "";
    }

    /** The columns of a map over the canvas; empty for another file. */
    static Optional<List<DescribedColumn>> ofMap(List<String> header) {
      return header.size() == 3 && header.subList(0, 2).equals(List.of("x", "y"))
          ? Optional.of(
              List.of(
                  new DescribedColumn("x", "px", "", "column of the pixel, from 0 at the left"),
                  new DescribedColumn("y", "px", "", "row of the pixel, from 0 at the top"),
                  of(
                      new Table.Field(
                          header.get(2), "", "the map's value there", unit(header.get(2))))))
          : Optional.empty();
    }

    private static String unit(String column) {
      return column.equals("delta_logit") ? "logit" : "";
    }

    String line() {
      return "| `%s` | %s | %s | %s |\n".formatted(name, unit, cell(sign), cell(meaning));
    }

    private static String cell(String text) {
      return text.replace("|", "\\|");
    }
  }
}
