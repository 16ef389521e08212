package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.kit.Panel;
import org.whisker.feature.position.DosePlot;
import org.whisker.page.Section.Figure;
import org.whisker.position.result.DoseTables.DoseRow;

/** What black pixels cost by their number and place: a panel for each model, on one scale. */
final class DoseFigures {
  private static final String LINES =
      " Each line is a fifth of the canvas, from the border to the centre, with its pixels'"
          + " distance from the border. Above 0 is away from the target. Bands: 95 % intervals.";

  private final String experiment;
  private final Map<String, List<DoseRow>> models = new LinkedHashMap<>();

  private DoseFigures(String experiment) {
    this.experiment = experiment;
  }

  static DoseFigures of(ReportFolder folder, String experiment) throws IOException {
    DoseFigures figures = new DoseFigures(experiment);
    for (String model : folder.models()) {
      List<DoseRow> rows = folder.read(DoseRow.TABLE, figures.file(model));
      if (!rows.isEmpty()) {
        figures.models.put(model, rows);
      }
    }
    return figures;
  }

  private String file(String model) {
    return model + "/" + experiment + "/" + DoseRow.FILE;
  }

  /** The figure of costs on the background of the search. */
  Optional<Figure> onBackground() {
    return figure(
        true,
        "Cost of black pixels by number and place",
        "The cost of black pixels: the mean change of the logit when this many are added to"
            + " white at random places."
            + LINES);
  }

  /** The figure of costs on other backgrounds, and of pixels added to evolved images. */
  Optional<Figure> onOthers() {
    return figure(
        false,
        "Cost of pixels by number and place on other backgrounds and in evolved images",
        "The same on other backgrounds, and for pixels added to photos, where there are any, and to"
            + " evolved images, at p(target) ½ and at the end."
            + LINES);
  }

  private Optional<Figure> figure(boolean background, String alt, String caption) {
    Map<String, List<DoseRow>> curves = new LinkedHashMap<>();
    models.forEach(
        (model, rows) ->
            DosePlot.byBase(rows)
                .forEach(
                    (base, own) -> {
                      if (base.equals(rows.get(0).base()) == background) {
                        curves.put(background ? model : model + ", " + base, own);
                      }
                    }));
    DosePlot.Range range =
        DosePlot.Range.of(curves.values().stream().flatMap(List::stream).toList());
    List<Panel> panels = new ArrayList<>();
    curves.forEach(
        (title, rows) -> panels.add(new Panel(DosePlot.small(title, rows, range).svg())));
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(new Figure(panels, alt, caption, file(models.keySet().iterator().next())));
  }
}
