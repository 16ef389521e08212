package org.whisker.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Panel.HoverGrid;
import org.whisker.chart.kit.Picture.Png;
import org.whisker.chart.kit.Picture.Svg;
import org.whisker.chart.kit.lane.EffectBar;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.io.Csv;
import org.whisker.io.Decimals;
import org.whisker.page.Report.FirstScreen;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Details;
import org.whisker.page.Section.Figure;
import org.whisker.page.VerdictRow.Effect;
import org.whisker.page.VerdictRow.VerdictMark;
import org.whisker.page.replay.Replay.Replays;
import org.whisker.page.replay.ReplayView;

/**
 * The model of a report for the template: maps, lists, formatted numbers. The template escapes
 * them.
 */
final class HtmlView {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{32,128}");

  private final Report report;
  private final Set<String> files = new LinkedHashSet<>();
  private final WordBook words = new WordBook();
  private final StyleBook styles = new StyleBook();
  private int pictures;

  private HtmlView(Report report) {
    this.report = report;
  }

  static HtmlView of(Report report) {
    return new HtmlView(report);
  }

  /** The template's variables. */
  Map<String, Object> variables() {
    Map<String, Object> view = new HashMap<>();
    view.put("title", report.title());
    view.put("subtitle", report.subtitle());
    view.put("answer", report.answer());
    view.put("verdicts", groups());
    view.put("untested", report.verdicts().stream().anyMatch(row -> isUntested(row.hypothesis())));
    view.put("verdictsHeading", report.overview().map(FirstScreen::heading).orElse("Verdicts"));
    view.put("sections", report.sections().stream().map(this::section).toList());
    view.put("overview", report.overview().map(o -> o.variables(ids())).orElse(Map.of()));
    view.put(
        "pictured",
        report.overview().map(FirstScreen::figures).orElse(List.of()).stream()
            .map(this::figure)
            .toList());
    view.put("words", words.shapes());
    view.put("styles", styles.rules());
    view.put("provenance", provenance(entry -> !isFolded(entry)));
    view.put("unset", provenance(HtmlView::isFolded));
    files.addAll(report.files());
    view.put("files", folders(files));
    return view;
  }

  /** Consecutive lines of one hypothesis. */
  private List<List<Map<String, Object>>> groups() {
    Set<String> sections = ids();
    List<List<Map<String, Object>>> groups = new ArrayList<>();
    String last = "";
    for (VerdictRow row : report.verdicts()) {
      if (groups.isEmpty() || !row.hypothesis().equals(last)) {
        groups.add(new ArrayList<>());
      }
      last = row.hypothesis();
      String id = VerdictRow.SECTION + row.hypothesis();
      Map<String, Object> view = verdict(row);
      view.put("section", sections.contains(id) ? id : "");
      view.put("alone", isUntested(row.hypothesis()));
      groups.get(groups.size() - 1).add(view);
    }
    return groups;
  }

  private Map<String, String> provenance(Predicate<Map.Entry<String, String>> wanted) {
    Map<String, String> some = new LinkedHashMap<>();
    report.provenance().entrySet().stream()
        .filter(wanted)
        .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
    return some;
  }

  /** Hashes and what was not set are looked up, not read. */
  private static boolean isFolded(Map.Entry<String, String> entry) {
    return entry.getValue().equals("null") || HASH.matcher(entry.getValue()).matches();
  }

  private Set<String> ids() {
    Set<String> ids = new HashSet<>();
    report.sections().forEach(section -> ids.addAll(section.anchors()));
    return ids;
  }

  /** Whether no line of the hypothesis has a verdict. */
  private boolean isUntested(String hypothesis) {
    return report.verdicts().stream()
        .filter(row -> row.hypothesis().equals(hypothesis))
        .allMatch(row -> row.verdict() == VerdictMark.UNTESTED);
  }

  /** Files by folder, the report's own first. */
  private static List<Map<String, Object>> folders(Set<String> files) {
    Map<String, List<Map<String, Object>>> folders = new TreeMap<>();
    folders.put("", new ArrayList<>());
    for (String file : new TreeSet<>(files)) {
      String folder =
          file.substring(0, Math.max(0, file.lastIndexOf('/'))).replaceFirst("/runs/.*", "/runs");
      folders.computeIfAbsent(folder, f -> new ArrayList<>()).add(link(file));
    }
    return folders.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> Map.<String, Object>of("name", entry.getKey(), "links", entry.getValue()))
        .toList();
  }

  /** All data files linked by the page; complete after {@link #variables}. */
  Set<String> files() {
    return files;
  }

  private Map<String, Object> verdict(VerdictRow row) {
    Map<String, Object> view = new HashMap<>();
    view.put("hypothesis", row.hypothesis());
    view.put("question", row.question());
    view.put("experiment", row.experiment());
    view.put("scope", row.scope());
    view.put("note", row.note());
    view.put("rank", row.verdict().rank());
    view.put("mark", row.verdict().mark());
    view.put("style", row.verdict().style());
    view.put("verdict", row.verdictText());
    view.put("effect", row.effect().map(this::effect).orElse(Map.of()));
    view.put("p", row.pCorrected().isPresent() ? p(row.pCorrected().getAsDouble()) : "");
    view.put("pValue", Csv.cell(row.pCorrected()));
    view.put(
        "share", row.shareRemoved().isPresent() ? percent(row.shareRemoved().getAsDouble()) : "");
    view.put("shareValue", Csv.cell(row.shareRemoved()));
    return view;
  }

  private Map<String, Object> effect(Effect e) {
    int places = places(e.high() - e.low());
    return Map.of(
        "bar", embedded(bar(e).svg(), ++pictures),
        "distance", Decimals.shortest(Math.abs(e.value() - e.nullValue())),
        "text", Decimals.fixed(e.value(), places),
        "spread", e.low() < e.high(),
        "low", Decimals.fixed(e.low(), places),
        "high", Decimals.fixed(e.high(), places),
        "unit", e.unit(),
        "nothing", Decimals.rounded(e.nullValue(), 3));
  }

  private static EffectBar bar(Effect e) {
    ValueAxis axis =
        ValueAxis.linear(e.unit(), e.axisLow(), e.axisHigh())
            .withReference(e.nullValue(), e.margin().orElse(0));
    return new EffectBar(axis, e.low(), e.value(), e.high());
  }

  private Map<String, Object> section(Section section) {
    return Map.of(
        "replays", section.replays().stream().map(this::replay).toList(),
        "id", section.id(),
        "heading", section.heading(),
        "label", section.label(),
        "paragraphs", section.paragraphs(),
        "figures", section.figures().stream().map(this::figure).toList(),
        "tabled", section.isTabled(),
        "tables", section.tables().stream().map(this::table).toList(),
        "details", section.details().stream().map(this::details).toList());
  }

  private Map<String, Object> replay(Replays replays) {
    return Map.of(
        "view", ReplayView.of(replays.runs()),
        "caption", replays.caption(),
        "csv", data(replays.csv()));
  }

  private Map<String, Object> details(Details details) {
    return Map.of(
        "summary", details.summary(),
        "paragraphs", details.paragraphs(),
        "tables", details.tables().stream().map(this::table).toList());
  }

  private Map<String, Object> table(DataTable table) {
    List<Boolean> numeric = new ArrayList<>();
    for (int column = 0; column < table.header().size(); column++) {
      numeric.add(isNumeric(table, column));
    }
    return Map.of(
        "header", table.header(),
        "rows", table.rows(),
        "numeric", numeric,
        "caption", table.caption(),
        "csv", data(table.csv()));
  }

  private static boolean isNumeric(DataTable table, int column) {
    return !table.rows().isEmpty()
        && table.rows().stream()
            .map(row -> row.get(column))
            .allMatch(cell -> cell.isEmpty() || cell.matches("[+\u2212<-]? ?[0-9].*"));
  }

  private Map<String, Object> figure(Figure figure) {
    List<Map<String, Object>> panels = new ArrayList<>();
    int count = figure.panels().size();
    for (Panel panel : figure.panels()) {
      String numbered =
          count == 1
              ? figure.alt()
              : figure.alt() + " (" + (panels.size() + 1) + " of " + count + ")";
      panels.add(panel(panel, Objects.requireNonNullElse(panel.alt(), numbered)));
    }
    return Map.of("panels", panels, "caption", figure.caption(), "csv", data(figure.csv()));
  }

  private Map<String, Object> panel(Panel panel, String alt) {
    Map<String, Object> view = new HashMap<>();
    pictures++;
    view.put("alt", alt);
    view.put("svg", panel.picture() instanceof Svg svg ? embedded(svg, pictures) : "");
    view.put("png", panel.picture() instanceof Png png ? png.dataUri() : "");
    view.put("pngWidth", panel.picture() instanceof Png png ? png.width() : 0);
    HoverGrid grid = panel.hover();
    view.put("grid", grid == null ? Map.of() : grid(grid));
    return view;
  }

  private static Map<String, Object> grid(HoverGrid grid) {
    return Map.of(
        "width", grid.canvas().width(),
        "height", grid.canvas().height(),
        "box", grid.box(),
        "min", Decimals.shortest(grid.min()),
        "max", Decimals.shortest(grid.max()),
        "unit", grid.unit(),
        "step", grid.step(),
        "data", grid.data());
  }

  /** Ids are global to the page, so each figure's ids get a prefix. */
  private String embedded(Svg svg, int number) {
    String named =
        svg.text()
            .replace(" id=\"", " id=\"p" + number + "-")
            .replace("url(#", "url(#p" + number + "-");
    return words.shortened(styles.classed(named));
  }

  private Map<String, Object> data(@Nullable String file) {
    if (file == null) {
      return Map.of();
    }
    files.add(file);
    return link(file);
  }

  private static Map<String, Object> link(String file) {
    try {
      return Map.of("name", file, "href", new URI(null, null, "./" + file, null).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no file name: " + file, e);
    }
  }

  private static String p(double p) {
    return p < 0.001 ? "< 0.001" : Decimals.rounded(p, 2);
  }

  private static String percent(double share) {
    return Decimals.fixed(100 * share, 0) + " %";
  }

  /** Number of decimals that shows the interval's width with two digits. */
  private static int places(double width) {
    return width > 0 ? (int) Math.max(0, Math.min(6, 2 - Math.ceil(Math.log10(width)))) : 3;
  }

  /**
   * Style attributes of drawings as classes, each defined once: a page whose content security
   * policy permits styles by hash alone has no style attributes.
   */
  private static final class StyleBook {
    private static final Pattern STYLE = Pattern.compile(" style=\"([^\"]*)\"");

    private final Map<String, String> names = new LinkedHashMap<>();

    /** The drawing with classes in place of its styles. */
    String classed(String svg) {
      return STYLE
          .matcher(svg)
          .replaceAll(
              m ->
                  Matcher.quoteReplacement(
                      " class=\""
                          + names.computeIfAbsent(m.group(1), s -> "i" + names.size())
                          + "\""));
    }

    /** The rules of all classes. */
    String rules() {
      StringBuilder rules = new StringBuilder();
      names.forEach(
          (style, name) -> rules.append('.').append(name).append('{').append(style).append("}\n"));
      return rules.toString();
    }
  }

  /**
   * Deduplicates shapes that a page draws repeatedly, mainly text as outlines: each is defined
   * once, rounded to a tenth of a unit, and referenced.
   */
  static final class WordBook {
    private static final Pattern PATH = Pattern.compile("<path d=\"(M[^\"]{160,})\"");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z]|-?[0-9.]+(?:E-?[0-9]+)?");
    private static final int STEPS = 10;

    private final Map<String, String> names = new LinkedHashMap<>();

    /** The drawing with its long paths replaced by references. */
    String shortened(String svg) {
      return PATH.matcher(svg).replaceAll(m -> Matcher.quoteReplacement(use(m)));
    }

    /** The definitions of all shapes. */
    String shapes() {
      StringBuilder out = new StringBuilder();
      names.forEach(
          (path, name) ->
              out.append("<path id=\"").append(name).append("\" d=\"").append(path).append("\"/>"));
      return out.toString();
    }

    private String use(MatchResult match) {
      List<String> tokens =
          TOKEN.matcher(match.group(1)).results().map(MatchResult::group).toList();
      if (tokens.stream().anyMatch(t -> !isKnown(t))) {
        return match.group();
      }
      String x = tokens.get(1);
      String y = tokens.get(2);
      String path = relative(tokens, Double.parseDouble(x), Double.parseDouble(y));
      String name = names.computeIfAbsent(path, p -> "w" + names.size());
      return "<use xlink:href=\"#" + name + "\" x=\"" + x + "\" y=\"" + y + "\"";
    }

    private static boolean isKnown(String token) {
      return !Character.isLetter(token.charAt(0)) || "MLQCZ".contains(token);
    }

    /**
     * Writes coordinates relative to the point before, from (0, 0); rounding errors do not
     * accumulate.
     */
    private static String relative(List<String> tokens, double x0, double y0) {
      StringBuilder out = new StringBuilder();
      long[] at = {0, 0};
      long[] start = {0, 0};
      List<Long> points = new ArrayList<>();
      for (int i = 0; i < tokens.size(); ) {
        char command = tokens.get(i++).charAt(0);
        points.clear();
        while (i < tokens.size() && !Character.isLetter(tokens.get(i).charAt(0))) {
          double from = points.size() % 2 == 0 ? x0 : y0;
          points.add(Math.round(STEPS * (Double.parseDouble(tokens.get(i++)) - from)));
        }
        out.append(Character.toLowerCase(command));
        for (int k = 0; k < points.size(); k++) {
          number(out, points.get(k) - at[k % 2], k > 0);
        }
        if (points.size() >= 2) {
          at[0] = points.get(points.size() - 2);
          at[1] = points.get(points.size() - 1);
        }
        if (command == 'M') {
          start = at.clone();
        } else if (command == 'Z') {
          at = start.clone();
        }
      }
      return out.toString();
    }

    private static void number(StringBuilder out, long tenths, boolean inner) {
      if (inner && tenths >= 0) {
        out.append(' ');
      }
      long whole = Math.abs(tenths) / STEPS;
      long part = Math.abs(tenths) % STEPS;
      out.append(tenths < 0 ? "-" : "");
      out.append(whole == 0 && part != 0 ? "" : Long.toString(whole));
      out.append(part == 0 ? "" : "." + part);
    }
  }
}
