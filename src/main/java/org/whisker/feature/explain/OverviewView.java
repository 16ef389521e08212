package org.whisker.feature.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.SmallMap.BareMap;
import org.whisker.explain.Answer;
import org.whisker.feature.explain.OverviewCards.Overview;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.page.Section;
import org.whisker.page.VerdictRow;
import org.whisker.page.replay.ReplayView;

/** The model of the first screen for its template: positions in percent of a picture's width. */
final class OverviewView {
  private static final int RAMP = 32;

  private OverviewView() {}

  /**
   * @param sections the anchors of the page
   */
  static Map<String, Object> of(Overview overview, Set<String> sections) {
    return Map.of(
        "cards", overview.cards().stream().map(card -> card(card, sections)).toList(),
        "models", overview.grid().models(),
        "topics", topics(overview.grid(), sections),
        "legend", legend(overview),
        "limits", String.join(" ", overview.limits()),
        "others", others(overview.grid()));
  }

  private static Map<String, String> others(VerdictGrid grid) {
    Map<String, String> others = new LinkedHashMap<>();
    grid.others()
        .forEach(
            (words, causes) -> others.put(Headings.capitalised(words), String.join(", ", causes)));
    return others;
  }

  private static String legend(Overview overview) {
    StringBuilder legend = new StringBuilder();
    if (overview.cards().stream().anyMatch(c -> c.edge().isPresent())) {
      legend.append(
          "E, the edge index: how far in the black pixels lie, 0 on the border, ½ by chance, 1 in"
              + " the centre. Bars and brackets: 95\u00a0% intervals over runs. A logit is the"
              + " network's log-odds against its class.");
    }
    if (overview.cards().stream()
        .anyMatch(c -> c.edge().flatMap(Overview.Edge::compared).isPresent())) {
      legend.append(
          " \u25cb\u00a0without preference: the rolled control, the same search whose network sees"
              + " each image shifted over the borders by an offset drawn for the run.");
    }
    overview.cards().stream()
        .flatMap(c -> c.image().stream())
        .map(i -> ReplayView.side(i.pixels().canvas()))
        .filter(side -> side > 1)
        .findFirst()
        .ifPresent(side -> legend.append(" Black pixels are drawn larger, to be seen."));
    return legend.toString().strip();
  }

  /** The rows of each question that has any. */
  private static List<Map<String, Object>> topics(VerdictGrid grid, Set<String> sections) {
    Map<String, List<Map<String, Object>>> topics = new LinkedHashMap<>();
    for (VerdictGrid.Row row : grid.rows()) {
      topics
          .computeIfAbsent(row.topic().question(), question -> new ArrayList<>())
          .add(row(row, sections));
    }
    List<Map<String, Object>> views = new ArrayList<>();
    topics.forEach((question, rows) -> views.add(Map.of("question", question, "rows", rows)));
    return views;
  }

  private static Map<String, Object> row(VerdictGrid.Row row, Set<String> sections) {
    String id = VerdictRow.SECTION + row.id();
    return Map.of(
        "id",
        row.id(),
        "cause",
        Headings.capitalised(row.cause()),
        "section",
        sections.contains(id) ? id : "verdicts",
        "cells",
        row.cells().stream()
            .map(
                c ->
                    Map.of(
                        "mark", c.mark().mark(),
                        "style", c.mark().style(),
                        "word", c.word()))
            .toList());
  }

  private static Map<String, Object> card(Overview.Card card, Set<String> sections) {
    Map<String, Object> view = new HashMap<>();
    view.put("model", card.model());
    view.put("facts", card.facts());
    view.put("sentences", sentences(card.answer(), sections));
    view.put("image", card.image().map(OverviewView::image).orElse(Map.of()));
    view.put("success", card.success().map(OverviewView::confidence).orElse(Map.of()));
    view.put("map", card.map().map(OverviewView::map).orElse(Map.of()));
    view.put("edge", card.edge().map(OverviewView::edge).orElse(Map.of()));
    return view;
  }

  /** The sentences, each with links to the figure and the table that bear each clause. */
  private static List<Map<String, Object>> sentences(Answer answer, Set<String> sections) {
    return answer.sentences().stream()
        .map(
            sentence ->
                Map.<String, Object>of("text", sentence.text(), "links", links(sentence, sections)))
        .toList();
  }

  private static List<Map<String, String>> links(Answer.Sentence sentence, Set<String> anchors) {
    return sentence.clauses().stream()
        .flatMap(
            clause ->
                clause.hypothesis().stream()
                    .flatMap(id -> links(VerdictRow.SECTION + id, clause.text(), anchors).stream()))
        .toList();
  }

  /** Links to the figure and the table of a section; to its beginning where it has neither. */
  private static List<Map<String, String>> links(
      String section, String clause, Set<String> anchors) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(Section.figure(section), "figure");
    words.put(Section.table(section), "table");
    words.keySet().retainAll(anchors);
    if (words.isEmpty() && anchors.contains(section)) {
      words.put(section, "evidence");
    }
    return words.entrySet().stream()
        .map(link -> Map.of("anchor", link.getKey(), "word", link.getValue(), "clause", clause))
        .toList();
  }

  private static Map<String, Object> image(Overview.Image image) {
    Canvas canvas = image.pixels().canvas();
    return Map.of(
        "width", canvas.width(),
        "height", canvas.height(),
        "path", ReplayView.svgPixels(image.pixels()),
        "caption", image.caption());
  }

  private static Map<String, Object> confidence(Overview.Confidence c) {
    return Map.of(
        "runs", c.runs().stream().map(OverviewView::at).toList(),
        "white", at(c.white()),
        "target", at(c.target()),
        "targetText", c.target() > 0.5 ? Decimals.shortest(c.target()) : "",
        "text", c.text());
  }

  private static Map<String, Object> map(Overview.Map map) {
    BareMap bare =
        new BareMap(
            map.density().canvas(), map.density().values(), map.scale(), ColorMap.SEQUENTIAL);
    List<Map<String, String>> ramp = new ArrayList<>();
    for (String color : BareMap.ramp(ColorMap.SEQUENTIAL, RAMP)) {
      ramp.add(Map.of("x", at((double) ramp.size() / RAMP), "color", color));
    }
    return Map.of(
        "png", bare.png(1).dataUri(),
        "width", map.density().canvas().width(),
        "height", map.density().canvas().height(),
        "ramp", ramp,
        "rampWidth", at(1.02 / RAMP),
        "top", Decimals.rounded(map.scale().max(), 2));
  }

  private static Map<String, Object> edge(Overview.Edge edge) {
    Map<String, Object> view = new HashMap<>(mean(edge.own()));
    view.put("compared", edge.compared().map(OverviewView::mean).orElse(Map.of()));
    view.put("text", edge.text());
    return view;
  }

  private static Map<String, Object> mean(Overview.Mean mean) {
    return Map.of("at", at(mean.value()), "low", at(mean.low()), "high", at(mean.high()));
  }

  private static String at(OptionalDouble share) {
    return share.isPresent() ? at(share.getAsDouble()) : "";
  }

  private static String at(double share) {
    return Decimals.fixed(100 * Math.max(0, Math.min(1, share)), 2) + "%";
  }
}
