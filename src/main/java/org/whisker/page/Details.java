package org.whisker.page;

import java.util.List;

/**
 * What a reader may unfold.
 *
 * @param summary the line that is always there
 * @param paragraphs plain text
 * @param tables tables below it
 */
public record Details(String summary, List<String> paragraphs, List<DataTable> tables) {
  public Details {
    paragraphs = List.copyOf(paragraphs);
    tables = List.copyOf(tables);
  }
}
