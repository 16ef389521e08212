package org.whisker.page;

import java.util.List;

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
