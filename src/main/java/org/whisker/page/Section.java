package org.whisker.page;

import java.util.List;

/**
 * One section of a report: text, then figures, tables and collapsible elements.
 *
 * @param id its anchor: lower-case letters, digits and hyphens, starting with a letter
 * @param heading plain text
 * @param paragraphs plain text
 */
public record Section(
    String id,
    String heading,
    List<String> paragraphs,
    List<Figure> figures,
    List<DataTable> tables,
    List<Details> details) {
  public Section {
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not an anchor: \"" + id + "\"");
    }
    paragraphs = List.copyOf(paragraphs);
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    details = List.copyOf(details);
  }
}
