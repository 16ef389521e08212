package org.whisker.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Picture;
import org.whisker.page.replay.Replay.Replays;
import org.whisker.table.Columns;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * One section of a report: text, then replays, figures, tables and collapsible elements.
 *
 * @param id its anchor: lower-case letters, digits and hyphens, starting with a letter
 * @param label its name in the table of contents
 * @param heading plain text: what was found
 * @param paragraphs plain text
 */
public record Section(
    String id,
    String label,
    String heading,
    List<String> paragraphs,
    List<Figure> figures,
    List<DataTable> tables,
    List<Details> details,
    List<Replays> replays) {
  /** Creates a section without a replay. */
  public Section(
      String id,
      String label,
      String heading,
      List<String> paragraphs,
      List<Figure> figures,
      List<DataTable> tables,
      List<Details> details) {
    this(id, label, heading, paragraphs, figures, tables, details, List.of());
  }

  /** Creates a section whose heading is its label. */
  public Section(
      String id,
      String heading,
      List<String> paragraphs,
      List<Figure> figures,
      List<DataTable> tables,
      List<Details> details) {
    this(id, heading, heading, paragraphs, figures, tables, details);
  }

  public Section {
    Checks.require(id.matches("[a-z][a-z0-9-]*"), "not an anchor: \"%s\"", id);
    paragraphs = List.copyOf(paragraphs);
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    details = List.copyOf(details);
    replays = List.copyOf(replays);
  }

  /** The anchor of its first figure, which a section without one does not have. */
  public static String figure(String id) {
    return id + "-figure";
  }

  /** The anchor of its first table, shown or folded. */
  public static String table(String id) {
    return id + "-table";
  }

  /** The anchors to which a page may link: its own, and those of its figures and tables. */
  List<String> anchors() {
    List<String> all = new ArrayList<>(List.of(id));
    if (!figures.isEmpty()) {
      all.add(figure(id));
    }
    if (isTabled()) {
      all.add(table(id));
    }
    return all;
  }

  /** Whether it has a table, shown or folded. */
  boolean isTabled() {
    return !tables.isEmpty() || details.stream().anyMatch(each -> !each.tables().isEmpty());
  }

  /**
   * A collapsible element.
   *
   * @param summary the line that is always visible
   * @param paragraphs plain text
   * @param tables tables below it
   */
  public record Details(String summary, List<String> paragraphs, List<DataTable> tables) {
    public Details {
      paragraphs = List.copyOf(paragraphs);
      tables = List.copyOf(tables);
    }
  }

  /**
   * A table of a page, with plain text cells.
   *
   * @param header column names
   * @param rows each as wide as the header
   * @param caption plain text
   * @param csv the file with the full numbers, relative to the report, or null
   */
  public record DataTable(
      List<String> header, List<List<String>> rows, String caption, @Nullable String csv) {
    /** Rows that a page shows at most: nobody reads more, and no browser lays out a million. */
    public static final int MOST_ROWS = 2_000;

    public DataTable {
      header = List.copyOf(header);
      if (rows.size() > MOST_ROWS) {
        caption += Text.of(" These are the first %,d of %,d rows.", MOST_ROWS, rows.size());
      }
      rows = rows.stream().limit(MOST_ROWS).map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != header.size()) {
          throw new IllegalArgumentException(
              "a row of " + row.size() + " cells under " + header.size() + " columns: " + row);
        }
      }
    }

    public DataTable(List<String> header, List<List<String>> rows, String caption) {
      this(header, rows, caption, null);
    }

    /** These columns of these rows. */
    public static <R> DataTable of(
        Columns<R> columns, List<R> rows, String caption, @Nullable String csv) {
      return new DataTable(columns.titles(), columns.rows(rows), caption, csv);
    }

    /** The same; empty where there is no row. */
    public static <R> Optional<DataTable> ofSome(
        Columns<R> columns, List<R> rows, String caption, @Nullable String csv) {
      return rows.isEmpty() ? Optional.empty() : Optional.of(of(columns, rows, caption, csv));
    }
  }

  /**
   * A figure of a report: one or more panels, side by side where the width permits.
   *
   * @param panels the panels
   * @param alt alternative text for screen readers; not blank
   * @param caption caption, plain text
   * @param csv the file they were drawn from, relative to the report, or null
   */
  public record Figure(List<Panel> panels, String alt, String caption, @Nullable String csv) {
    public Figure {
      panels = List.copyOf(panels);
      if (panels.isEmpty() || alt.isBlank()) {
        throw new IllegalArgumentException("a figure needs a picture and an alt text: " + caption);
      }
    }

    public static Figure of(Picture picture, String alt, String caption, @Nullable String csv) {
      return new Figure(List.of(new Panel(picture)), alt, caption, csv);
    }

    /** A drawing, as SVG. */
    public static Figure of(Drawing drawing, String alt, String caption, @Nullable String csv) {
      return of(drawing.svg(), alt, caption, csv);
    }
  }
}
