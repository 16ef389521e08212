package org.whisker.page;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a report; {@link HtmlReport} renders it. All text is plain and gets escaped.
 *
 * @param title the heading
 * @param subtitle one line below it
 * @param answer the answer, one sentence per entry
 * @param verdicts the verdict table, possibly empty
 * @param sections in order, with distinct ids
 * @param provenance configuration, seeds, hashes, versions, in display order
 * @param files further data files, relative to the report
 * @param overview a first screen of pictures in place of the answer
 */
public record Report(
    String title,
    String subtitle,
    List<String> answer,
    List<VerdictRow> verdicts,
    List<Section> sections,
    Map<String, String> provenance,
    List<String> files,
    Optional<FirstScreen> overview) {
  private static final Set<String> TAKEN = Set.of("verdicts", "provenance", "tip");

  /** Without a first screen of pictures. */
  public Report(
      String title,
      String subtitle,
      List<String> answer,
      List<VerdictRow> verdicts,
      List<Section> sections,
      Map<String, String> provenance,
      List<String> files) {
    this(title, subtitle, answer, verdicts, sections, provenance, files, Optional.empty());
  }

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

  /** A first screen of pictures, in place of the answer in words, as the template draws it. */
  public interface FirstScreen {
    /** What stands above the verdicts. */
    String heading();

    /**
     * The template's variables.
     *
     * @param sections the anchors of the page, to which it may link
     */
    Map<String, Object> variables(Set<String> sections);

    /** Its style rules. */
    String rules();
  }
}
