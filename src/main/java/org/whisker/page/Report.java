package org.whisker.page;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A report as values; {@link HtmlReport} makes the page. All text is plain and is escaped.
 *
 * @param title the heading
 * @param subtitle one line below it
 * @param answer the answer, a sentence each
 * @param verdicts the verdict table, perhaps empty
 * @param sections one by one, with different ids
 * @param provenance configuration, seeds, hashes, versions, in the order they are shown
 * @param files further data files beside the report, relative to it
 */
public record Report(
    String title,
    String subtitle,
    List<String> answer,
    List<VerdictRow> verdicts,
    List<Section> sections,
    Map<String, String> provenance,
    List<String> files) {
  private static final Set<String> TAKEN = Set.of("verdicts", "provenance", "tip");

  public Report {
    answer = List.copyOf(answer);
    verdicts = List.copyOf(verdicts);
    sections = List.copyOf(sections);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    files = List.copyOf(files);
    Set<String> ids = new HashSet<>(TAKEN);
    for (Section section : sections) {
      if (!ids.add(section.id())) {
        throw new IllegalArgumentException("a second section \"" + section.id() + "\"");
      }
    }
  }
}
