package org.whisker.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.chart.MapLook;
import org.whisker.chart.SaliencyFigures;
import org.whisker.chart.SaliencyGallery;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.io.Decimals;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;
import org.whisker.table.ExplainedMap;

/**
 * One method of a gallery's page: its maps on one scale, its profiles, a table.
 *
 * @param values whether maps show their values under the pointer
 */
record SaliencyMethodSection(SaliencyGallery gallery, boolean values) {
  private static final int SIDE = 224;

  Section of(Method method) {
    List<ExplainedMap> maps = gallery.of(method);
    MapLook look = gallery.look(method);
    List<Panel> panels = maps.stream().map(map -> panel(map, look)).toList();
    String unit = maps.get(0).map().unit();
    return new Section(
        "method-" + ExplainedMap.stem(method),
        method.label(),
        List.of(capital(method.line()) + ".", String.join(" ", look.legend())),
        List.of(
            new Figure(
                panels, "Maps of " + method.label(), caption(maps, unit), SaliencyPage.SUMMARY),
            Figure.of(
                profiles(method, maps),
                "Mean strength of " + method.label() + " from the border inwards",
                "The mean of |value| by edge rank, over that of the whole map: 1 is average. A line an image"
                    + (maps.size() > 5 ? "; names in the tables." : "."),
                SaliencyPage.SUMMARY)),
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
                    "%s: edge index %.2f, where 0.5 is alike everywhere and less nearer the border",
                    what,
                    e.index()))
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
              map.profile()
                  .byEdgeRank()
                  .map(TestResult::p)
                  .map(SaliencyMethodSection::p)
                  .orElse(""),
              number(map.attribution().diagnostic(Diagnostic.COMPLETENESS_ERROR), 4),
              map.settings()));
    }
    return new DataTable(
        header, rows, "Against the same maps shifted at random", SaliencyPage.SUMMARY);
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
