package org.whisker.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.io.CsvWriter.Written;
import org.whisker.value.Checks;

/**
 * A CSV table, described by the record type of its rows, with one column per component (see {@link
 * Column}). Writer and reader follow from this description. Components are text, numbers, booleans
 * (1 and 0), enums (the result of their method {@code label()} or, without one, their name in lower
 * case), {@code Optional} numbers, or boxed numbers that may be null; an absent value is an empty
 * cell. A component that is itself a record contributes all of its columns, which are empty when it
 * is null. Values that follow from the components are columns, too: methods with a {@link Column}.
 *
 * @param <R> a row
 */
public final class Table<R extends Record> {
  private final Class<R> type;
  private final String file;
  private final RecordCodec codec;
  private final Set<String> omitted;
  private final List<ColumnCodec> columns;

  private Table(Class<R> type, String file, RecordCodec codec, Set<String> omitted) {
    this.type = type;
    this.file = file;
    this.codec = codec;
    this.omitted = Set.copyOf(omitted);
    this.columns =
        codec.columns().stream().filter(column -> !omitted.contains(column.name())).toList();
  }

  /**
   * The table of these rows, for a file whose name depends on the case.
   *
   * @throws IllegalArgumentException when the type of a component is not supported
   */
  public static <R extends Record> Table<R> of(Class<R> row) {
    return of(row, "");
  }

  /**
   * The table of these rows in files of this name.
   *
   * @throws IllegalArgumentException when the type of a component is not supported
   */
  public static <R extends Record> Table<R> of(Class<R> row, String file) {
    return new Table<>(row, file, RecordCodec.of(row, "", "", false), Set.of());
  }

  /** Rows by a key of theirs, in the order in which the keys come first. */
  public static <K, R> Map<K, List<R>> by(Collection<R> rows, Function<? super R, K> key) {
    Map<K, List<R>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(key.apply(row), k -> new ArrayList<>()).add(row));
    return groups;
  }

  /**
   * Rows with the table that they belong to, for who hands on tables without knowing them.
   *
   * @param table has the name of its file
   * @param made the rows, the same at each call; asked only when they are needed
   */
  public record Rows<R extends Record>(Table<R> table, Supplier<List<R>> made) {
    public Rows {
      Checks.refuse(table.file().isEmpty(), "the table of %s names no file", table.row());
    }

    /** Rows that are there already. */
    public Rows(Table<R> table, List<R> rows) {
      this(table, kept(rows));
    }

    private static <R> Supplier<List<R>> kept(List<R> rows) {
      List<R> copy = List.copyOf(rows);
      return () -> copy;
    }

    public List<R> rows() {
      return made.get();
    }

    public void writeIn(Path folder) throws IOException {
      table.writeIn(folder, rows());
    }
  }

  /** Returns the same table, written without the given optional columns. */
  public Table<R> without(String... names) {
    return new Table<>(type, file, codec, Set.of(names));
  }

  /** The name of its files; empty where it depends on the case. */
  public String file() {
    return file;
  }

  public Class<R> row() {
    return type;
  }

  /**
   * A column, for the data dictionary.
   *
   * @param title its header for people
   * @param meaning what a cell holds, in one sentence
   * @param unit the unit of a number; empty for text and counts
   */
  public record Field(String name, String title, String meaning, String unit) {}

  public List<Field> fields() {
    return columns.stream()
        .map(c -> new Field(c.name(), c.title(), c.meaning(), c.unit()))
        .toList();
  }

  /**
   * The rows as people see them, after a line of titles: the columns that have a {@link
   * Column#format}, with a dash for an empty cell.
   */
  public List<List<String>> shown(List<R> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().filter(ColumnCodec::isShown).map(ColumnCodec::title).toList());
    for (R row : rows) {
      @Nullable Object[] cells = cells(row);
      lines.add(
          IntStream.range(0, cells.length)
              .filter(i -> columns.get(i).isShown())
              .mapToObj(i -> columns.get(i).shown(cells[i]))
              .toList());
    }
    return lines;
  }

  public List<String> header() {
    return columns.stream().map(ColumnCodec::name).toList();
  }

  /** The units of the columns, in order; empty for text and counts. */
  public List<String> units() {
    return columns.stream().map(ColumnCodec::unit).toList();
  }

  /** The header as a line of CSV for a stream, with its line feed. */
  public String headerLine() {
    return Csv.line(header().toArray());
  }

  /** A row as a line of CSV for a stream, with its line feed. */
  public String line(R row) {
    return Csv.line(cells(row));
  }

  /**
   * A row by the names of its columns, for a form of text that has types of its own: text, numbers,
   * and null for what is absent or not finite.
   */
  public Map<String, @Nullable Object> values(R row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    @Nullable Object[] cells = cells(row);
    for (int i = 0; i < cells.length; i++) {
      values.put(columns.get(i).name(), plain(cells[i]));
    }
    return values;
  }

  /** A cell without its {@link java.util.Optional}; null for what is absent or not finite. */
  static @Nullable Object plain(@Nullable Object cell) {
    if (cell instanceof OptionalDouble number) {
      return number.isPresent() ? plain(number.getAsDouble()) : null;
    }
    if (cell instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    if (cell instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
    boolean finite = !(cell instanceof Number number) || Double.isFinite(number.doubleValue());
    return finite ? cell : null;
  }

  /** Writes the file whole or not at all. */
  public void write(Path file, List<R> rows) throws IOException {
    try (TableWriter<R> writer = whole(file)) {
      for (R row : rows) {
        writer.row(row);
      }
      writer.finish();
    }
  }

  /**
   * Writes the file and leaves it to the system when it reaches the disk: a power cut can leave
   * less of it. For rows that tell whether they are whole, and take no longer to make than to force
   * to the disk.
   */
  public void writeUnforced(Path file, List<R> rows) throws IOException {
    try (TableWriter<R> writer = whole(file)) {
      for (R row : rows) {
        writer.row(row);
      }
      writer.csv.finishUnforced();
    }
  }

  /** A new file that grows row by row, and can be gone on with. */
  public TableWriter<R> writer(Path file) throws IOException {
    return new TableWriter<>(this, CsvWriter.create(file, header()));
  }

  /** A new file that is written row by row, and can't: other writers of it are no harm. */
  public TableWriter<R> whole(Path file) throws IOException {
    return new TableWriter<>(this, CsvWriter.whole(file, header()));
  }

  /** The values of a row's cells. */
  @Nullable Object[] cells(R row) {
    List<@Nullable Object> cells = new ArrayList<>();
    codec.put(row, cells);
    if (omitted.isEmpty()) {
      return cells.toArray();
    }
    List<@Nullable Object> kept = new ArrayList<>();
    List<ColumnCodec> all = codec.columns();
    for (int i = 0; i < all.size(); i++) {
      if (!omitted.contains(all.get(i).name())) {
        kept.add(cells.get(i));
      }
    }
    return kept.toArray();
  }

  /**
   * Reads the whole file. Columns that are not part of this table are ignored.
   *
   * @throws IOException naming file and line when a column is missing or a cell can't be read
   */
  public List<R> read(Path file) throws IOException {
    List<R> rows = new ArrayList<>();
    Csv.scan(file, row -> rows.add(read(row)));
    return rows;
  }

  /**
   * Reads a text that is no file of its own.
   *
   * @param from what the text was a part of, for messages
   */
  public List<R> parse(String text, Path from) throws IOException {
    List<R> rows = new ArrayList<>();
    requireColumns(from, Csv.scanText(text, from, row -> rows.add(read(row))));
    return rows;
  }

  /** Writes its file in this folder, whole or not at all. */
  public void writeIn(Path folder, List<R> rows) throws IOException {
    write(in(folder), rows);
  }

  private Path in(Path folder) {
    if (file.isEmpty()) {
      throw new IllegalStateException("the table of " + type + " names no file");
    }
    return folder.resolve(file);
  }

  /** Reads its file in this folder; an empty list when there is none. */
  public List<R> readIn(Path folder) throws IOException {
    return readIfThere(in(folder));
  }

  /** Reads the whole file; an empty list when there is no such file. */
  public List<R> readIfThere(Path file) throws IOException {
    return Files.isRegularFile(file) ? read(file) : List.of();
  }

  /** Takes one row, and its location for error messages. */
  @FunctionalInterface
  public interface RowReader<R> {
    /** Takes one row; what it throws ends the reading. */
    void accept(R row, CsvRow at) throws IOException;
  }

  /**
   * Reads row by row, in constant memory.
   *
   * @return the header
   * @throws IOException naming file and line when a column is missing or a cell can't be read
   */
  public List<String> scan(Path file, RowReader<R> reader) throws IOException {
    List<String> header = Csv.scan(file, row -> reader.accept(read(row), row));
    requireColumns(file, header); // also when the file has no rows
    return header;
  }

  /** Reads one row, see {@link #read(Path)}. */
  public R read(CsvRow row) throws IOException {
    return type.cast(codec.read(row));
  }

  /**
   * Checks that all required columns are present, also in a file without rows.
   *
   * @throws IOException that names the file and its columns
   */
  public void requireColumns(Path file, List<String> header) throws IOException {
    for (ColumnCodec column : required()) {
      if (!column.isIn(header)) {
        throw new IOException(
            "%s:1: has no column \"%s\"; it has %s, needs %s"
                .formatted(
                    file,
                    column.name(),
                    String.join(", ", header),
                    required().stream().map(ColumnCodec::name).collect(Collectors.joining(", "))));
      }
    }
  }

  /**
   * Whether the file exists and has the columns of this table, whatever program wrote it.
   *
   * @throws IOException when it is no CSV file
   */
  public boolean isIn(Path file) throws IOException {
    return Files.isRegularFile(file) && isIn(Csv.header(file));
  }

  private boolean isIn(List<String> header) {
    return required().stream().allMatch(column -> column.isIn(header));
  }

  private List<ColumnCodec> required() {
    return codec.columns().stream().filter(c -> !c.optional()).toList();
  }

  /**
   * Writes a {@link Table} row by row, see {@link CsvWriter}: under a partial name until {@link
   * #finish}.
   *
   * @param <R> a row
   */
  public static final class TableWriter<R extends Record> implements Closeable {
    private final Table<R> table;
    private final CsvWriter csv;

    private TableWriter(Table<R> table, CsvWriter csv) {
      this.table = table;
      this.csv = csv;
    }

    /** Continues after what was written before, see {@link CsvWriter#resumeAt}. */
    public static <R extends Record> TableWriter<R> resumeAt(
        Table<R> table, Path file, Written kept) throws IOException {
      return new TableWriter<>(table, CsvWriter.resumeAt(file, table.header(), kept));
    }

    public void row(R row) throws IOException {
      csv.row(table.cells(row));
    }

    /**
     * Passes the rows written so far to the operating system, where they survive the end of this
     * process.
     */
    public void flush() throws IOException {
      csv.flush();
    }

    /** Forces the rows written so far to the disk, and returns how much that is. */
    public Written sync() throws IOException {
      return csv.sync();
    }

    /** Forces the rows to the disk and gives the file its name. */
    public void finish() throws IOException {
      csv.finish();
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}
