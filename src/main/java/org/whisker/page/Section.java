package org.whisker.page;

import java.util.List;
import org.whisker.page.replay.Replays;

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
  /** One without a replay. */
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

  /** One whose heading is its label. */
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
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not an anchor: \"" + id + "\"");
    }
    paragraphs = List.copyOf(paragraphs);
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    details = List.copyOf(details);
    replays = List.copyOf(replays);
  }
}
