package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.io.Decimals;
import org.whisker.page.DataTable;
import org.whisker.page.Figure;
import org.whisker.page.Section;
import org.whisker.saliency.result.FolderMap;
import org.whisker.saliency.result.PictureMap;
import org.whisker.saliency.result.ProfileRow;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyRow;

/**
 * The section of one method: its maps on one scale, its profiles, a table.
 *
 * @param values whether maps show their values on hover
 */
record SaliencyMethodSection(SaliencyGallery gallery, boolean values) {
  private static final int SIDE = 224;

  Section of(String method) {
    List<FolderMap> maps = gallery.folder().of(method);
    MapLook look = gallery.look(method);
    List<Panel> panels = maps.stream().map(map -> panel(map, look)).toList();
    return new Section(
        "method-" + SaliencyFiles.stem(method),
        method,
        paragraphs(method, look),
        List.of(
            new Figure(panels, "Maps of " + method, caption(maps), SaliencyFiles.SUMMARY),
            Figure.of(
                profiles(method, maps),
                "Mean strength of " + method + " from the border inwards",
                "Mean of |value| by edge rank, relative to that of the whole map: 1 is average. One"
                    + " line per image"
                    + (maps.size() > 5 ? "; names in the tables." : "."),
                SaliencyFiles.SUMMARY)),
        List.of(table(maps)),
        List.of());
  }

  private static List<String> paragraphs(String method, MapLook look) {
    List<String> paragraphs = new ArrayList<>();
    String line = SaliencyFolder.describe(method);
    if (!line.isEmpty()) {
      paragraphs.add(line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1) + ".");
    }
    paragraphs.add(String.join(" ", look.legend()));
    return paragraphs;
  }

  private static String caption(List<FolderMap> maps) {
    List<String> settings = maps.stream().map(map -> map.row().settings()).distinct().toList();
    String set = settings.size() == 1 ? settings.get(0) : "settings differ, see the table";
    return "In " + maps.get(0).map().unit() + (set.isEmpty() ? "." : "; " + set + ".");
  }

  private Panel panel(FolderMap of, MapLook look) {
    PictureMap map = of.map();
    int longest = Math.max(map.canvas().width(), map.canvas().height());
    HeatmapFigure figure =
        look.figure(of.picture().name(), map)
            .withZoom(Math.max(1, Math.round((float) SIDE / longest)));
    // for a sparse map, the cells drawn are larger than the pixels of the values
    Panel panel =
        values && !MapLook.isSparse(map) ? figure.panel() : new Panel(figure.png(values ? 2 : 1));
    return panel.withAlt(alt(of));
  }

  private static String alt(FolderMap of) {
    String what = "Map of " + of.picture().name() + " by " + of.method();
    OptionalDouble index = of.row().edgeIndex();
    return index.isPresent()
        ? String.format(
            Locale.ROOT,
            "%s: edge index %.2f; 0.5 is uniform, less is nearer the border",
            what,
            index.getAsDouble())
        : what + ": zero everywhere";
  }

  private static Drawing profiles(String method, List<FolderMap> maps) {
    List<Line> lines = new ArrayList<>();
    for (FolderMap map : maps) {
      lines.add(
          new Line(
              map.picture().name(),
              map.profile().stream().mapToDouble(ProfileRow::middle).toArray(),
              map.profile().stream().mapToDouble(ring -> ring.relative().orElse(0)).toArray()));
    }
    return Charts.profile(
        method + ", from the border inwards",
        SaliencyFigures.EDGE_RANK,
        "mean |value|, relative",
        lines,
        1,
        "average");
  }

  private static DataTable table(List<FolderMap> maps) {
    List<String> header =
        List.of(
            "Image",
            "Edge index",
            "p",
            "ρ(u, |value|)",
            "p of ρ",
            "Completeness error, %",
            "Settings");
    return new DataTable(
        header,
        maps.stream().map(map -> cells(map.row())).toList(),
        "Against random toroidal shifts of the same maps",
        SaliencyFiles.SUMMARY);
  }

  private static List<String> cells(SaliencyRow row) {
    return List.of(
        row.image(),
        number(row.edgeIndex(), 3),
        p(row.pEdgeIndex()),
        number(row.rhoEdgeRank(), 2),
        p(row.pEdgeRank()),
        number(percent(row.completenessShare()), 2),
        row.settings());
  }

  private static String p(OptionalDouble p) {
    return p.isPresent() && p.getAsDouble() < 0.001 ? "< 0.001" : number(p, 3);
  }

  private static OptionalDouble percent(OptionalDouble share) {
    return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
  }

  private static String number(OptionalDouble value, int places) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), places) : "";
  }
}
