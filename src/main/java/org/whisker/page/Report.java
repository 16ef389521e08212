package org.whisker.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.whisker.io.Manifest;
import org.whisker.value.Checks;

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

  /** A report without a first screen of pictures. */
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
      Checks.refuse(!ids.add(section.id()), "a second section \"%s\"", section.id());
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

    default List<Section.Figure> figures() {
      return List.of();
    }
  }

  private static final int LONGEST = 200;

  /**
   * A manifest as flat lines, without long values.
   *
   * <p>The lines, with the keys of nested objects joined by dots.
   *
   * @param without keys to omit
   */
  public static Map<String, String> manifestLines(JsonNode manifest, Set<String> without) {
    Map<String, String> flat = new LinkedHashMap<>();
    manifest
        .properties()
        .forEach(
            entry -> {
              if (!without.contains(entry.getKey())) {
                flatten(entry.getKey(), entry.getValue(), flat);
              }
            });
    return flat;
  }

  private static void flatten(String name, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties().forEach(e -> flatten(name + "." + e.getKey(), e.getValue(), flat));
    } else if (node.isArray() && !node.isEmpty()) {
      List<String> items = new ArrayList<>();
      boolean plain = true;
      for (JsonNode item : node) {
        plain &= item.isValueNode();
        items.add(item.asText());
      }
      String text = String.join(", ", items);
      flat.put(
          name,
          plain && text.length() <= LONGEST
              ? text
              : items.size() + " entries, see " + Manifest.NAME);
    } else if (!node.asText().isBlank()) {
      flat.put(name, node.asText());
    }
  }
}
