package org.whisker.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;

/** The gallery as one page that needs nothing from outside. */
public final class SaliencyPage {
  /** With more maps than these, the page does without values under the pointer. */
  private static final int MOST_WITH_VALUES = 24;

  private static final int SIDE = 224;
  private static final String SUMMARY = "summary.csv";

  private final SaliencyGallery gallery;
  private final boolean values;

  private SaliencyPage(SaliencyGallery gallery) {
    this.gallery = gallery;
    this.values = gallery.maps().size() <= MOST_WITH_VALUES;
  }

  /**
   * Writes {@code index.html}; {@code summary.csv} must be there.
   *
   * @param more sections after the methods
   * @param notes what was left out, a sentence each
   * @param files further files to link
   */
  public static void write(
      Path folder,
      SaliencyGallery gallery,
      List<Section> more,
      List<String> notes,
      Map<String, String> provenance,
      List<String> files)
      throws IOException {
    SaliencyPage page = new SaliencyPage(gallery);
    List<Section> sections = new ArrayList<>();
    sections.add(page.pictures());
    gallery.methods().forEach(method -> sections.add(page.section(method)));
    sections.addAll(more);
    HtmlReport.write(
        folder,
        new Report(
            "What " + gallery.model() + " looks at",
            page.subtitle(),
            page.answer(notes),
            List.of(),
            sections,
            provenance,
            files));
  }

  private String subtitle() {
    return "Maps of "
        + count(gallery.pictures().size(), "image")
        + " by "
        + count(gallery.methods().size(), "method");
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private List<String> answer(List<String> notes) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Blue speaks for cat, red against it; maps from violet to yellow have no sign."
            + " The maps of a method share one scale; those of two methods do not.");
    sentences.addAll(notes);
    return sentences;
  }

  private Section pictures() {
    List<Panel> panels = new ArrayList<>();
    for (ExplainedPicture p : gallery.pictures()) {
      PictureFigure figure =
          PictureFigure.of(
              p.raster(), List.of(), p.name(), p.score(), p.resized() ? "resized" : "");
      panels.add(new Panel(figure.png(1)).withAlt("The image " + p.name() + ", " + p.score()));
    }
    return new Section(
        "images",
        "Images",
        List.of(),
        List.of(
            new Figure(
                panels, "The images", "As the classifier sees them, with its p(cat).", SUMMARY)),
        List.of(),
        List.of());
  }

  private Section section(Method method) {
    List<ExplainedMap> maps = gallery.of(method);
    MapLook look = gallery.look(method);
    List<Panel> panels = maps.stream().map(map -> panel(map, look)).toList();
    String unit = maps.get(0).map().unit();
    return new Section(
        "method-" + ExplainedMap.stem(method),
        method.label(),
        List.of(capital(method.line()) + ".", String.join(" ", look.legend())),
        List.of(
            new Figure(panels, "Maps of " + method.label(), caption(maps, unit), SUMMARY),
            Figure.of(
                profiles(method, maps),
                "Mean strength of " + method.label() + " from the border inwards",
                "The mean of |value| by edge rank, over that of the whole map: 1 is average.",
                SUMMARY)),
        List.of(table(maps)),
        List.of());
  }

  private static String caption(List<ExplainedMap> maps, String unit) {
    List<String> settings = maps.stream().map(ExplainedMap::settings).distinct().toList();
    String set = settings.size() == 1 ? settings.get(0) : "settings differ, see the table";
    return "In " + unit + (set.isEmpty() ? "." : "; " + set + ".");
  }

  private Panel panel(ExplainedMap of, MapLook look) {
    SaliencyMap map = of.map();
    int longest = Math.max(map.canvas().width(), map.canvas().height());
    HeatmapFigure figure =
        look.figure(of.picture().name(), map)
            .withZoom(Math.max(1, Math.round((float) SIDE / longest)));
    // of a sparse map the cells shown are wider than the pixels that values are of
    Panel panel =
        values && !MapLook.isSparse(map) ? figure.panel() : new Panel(figure.png(values ? 2 : 1));
    return panel.withAlt(alt(of));
  }

  private static String alt(ExplainedMap of) {
    String what = "Map of " + of.picture().name() + " by " + of.method();
    return of.edgeIndex()
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "%s: edge index %.2f, stronger near the %s",
                    what,
                    e.index(),
                    e.index() < 0.5 ? "border" : "centre"))
        .orElse(what + ": zero everywhere");
  }

  private static Drawing profiles(Method method, List<ExplainedMap> maps) {
    List<Line> lines = new ArrayList<>();
    for (ExplainedMap map : maps) {
      List<SaliencyProfile.Bin> bins = map.profile().profile().bins();
      lines.add(
          new Line(
              map.picture().name(),
              bins.stream().mapToDouble(bin -> bin.where().middle()).toArray(),
              bins.stream().mapToDouble(bin -> bin.relative().orElse(0)).toArray()));
    }
    return Charts.profile(
        method.label() + ", from the border inwards",
        SaliencyFigures.EDGE_RANK,
        "mean |value|, relative",
        lines,
        1,
        "average");
  }

  private static DataTable table(List<ExplainedMap> maps) {
    List<String> header =
        List.of(
            "Image",
            "Edge index",
            "p",
            "ρ(u, |value|)",
            "p of ρ",
            "Completeness error",
            "Settings");
    List<List<String>> rows = new ArrayList<>();
    for (ExplainedMap map : maps) {
      rows.add(
          List.of(
              map.picture().name(),
              map.edgeIndex().map(e -> Decimals.fixed(e.index(), 3)).orElse(""),
              map.edgeIndex().map(e -> p(e.p())).orElse(""),
              map.profile().byEdgeRank().map(t -> Decimals.fixed(t.statistic(), 2)).orElse(""),
              map.profile().byEdgeRank().map(TestResult::p).map(SaliencyPage::p).orElse(""),
              number(map.attribution().diagnostic(Diagnostic.COMPLETENESS_ERROR), 4),
              map.settings()));
    }
    return new DataTable(header, rows, "Against the same maps shifted at random", SUMMARY);
  }

  private static String p(double p) {
    return p < 0.001 ? "< 0.001" : Decimals.fixed(p, 3);
  }

  private static String number(OptionalDouble value, int places) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), places) : "";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
