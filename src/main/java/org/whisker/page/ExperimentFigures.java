package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.experiment.ArmLane;
import org.whisker.chart.experiment.ArmStrips;
import org.whisker.chart.experiment.ClimbPlot;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.table.experiment.ArmRow;
import org.whisker.table.experiment.EdgeAtConfidenceRow;

/** The figures of an experiment over all models that have it. */
final class ExperimentFigures {
  private final ReportFolder folder;
  private final String experiment;

  ExperimentFigures(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  /** All figures with data; empty if nothing was compared. */
  List<Figure> all() throws IOException {
    List<Figure> figures = new ArrayList<>();
    strips(false).ifPresent(figures::add);
    cats().ifPresent(figures::add);
    climbs().ifPresent(figures::add);
    flat().ifPresent(figures::add);
    strips(true).ifPresent(figures::add);
    new ArmMaps(folder, experiment).figure().ifPresent(figures::add);
    figures.addAll(new SpecialFigures(folder, experiment).all());
    return figures;
  }

  /** E of the runs that became cats, which is what arms are compared by. */
  private Optional<Figure> cats() throws IOException {
    return perModel(
        model -> {
          List<ArmLane> lanes = lanes(model, false);
          return lanes.size() > 1 ? ArmStrips.cats(model, lanes) : Optional.empty();
        },
        "Edge index at equal p(cat) by arm of " + experiment,
        "E of the first image of each run that reached the p(cat) named above the axis. Arms are compared by these where at least half of their runs reached it.",
        ArmRow.FILE);
  }

  /** Edge index as images become cats. */
  private Optional<Figure> climbs() throws IOException {
    return perModel(
        model ->
            ClimbPlot.arms(
                model,
                folder.read(
                    EdgeAtConfidenceRow.TABLE,
                    model + "/" + experiment + "/" + EdgeAtConfidenceRow.FILE)),
        "Edge index against p(cat) by arm of " + experiment,
        "E along the climb, arms at equal p(cat): the mean over the first image of each run at or above each p(cat), with its 95\u00a0% interval. A line ends where fewer than half of the runs reached that p(cat).",
        EdgeAtConfidenceRow.FILE);
  }

  /** Draws a model's panel; reading its tables may fail. */
  @FunctionalInterface
  private interface Panels {
    Optional<Drawing> of(String model) throws IOException;
  }

  private Optional<Figure> perModel(Panels drawn, String alt, String caption, String file)
      throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      Optional<Drawing> drawing = drawn.of(model);
      drawing.ifPresent(d -> panels.add(new Panel(d.svg())));
      csv = csv == null && drawing.isPresent() ? model + "/" + experiment + "/" + file : csv;
    }
    return panels.isEmpty() ? Optional.empty() : Optional.of(new Figure(panels, alt, caption, csv));
  }

  /** The lanes of E or of p(cat); empty for an experiment with one arm. */
  private Optional<Figure> strips(boolean confidence) throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      List<ArmLane> lanes = lanes(model, false);
      if (lanes.size() > 1) {
        Optional<Drawing> drawing =
            confidence ? ArmStrips.confidence(model, lanes) : ArmStrips.edge(model, lanes);
        drawing.ifPresent(d -> panels.add(new Panel(d.svg())));
        csv = csv == null && drawing.isPresent() ? file(model) : csv;
      }
    }
    return panels.isEmpty() ? Optional.empty() : Optional.of(strip(panels, confidence, csv));
  }

  private Figure strip(List<Panel> panels, boolean confidence, @Nullable String csv) {
    return confidence
        ? new Figure(
            panels,
            "p(cat) of every run by arm of " + experiment,
            "p(cat) reached by the search in each arm ("
                + experiment
                + "). Read together with E: images not yet classified as cat have their pixels"
                + " elsewhere.",
            csv)
        : new Figure(
            panels,
            "Edge index of every run by arm of " + experiment,
            "Edge index in each arm ("
                + experiment
                + "), one dot per run. Left of the dashed line: nearer the edge than chance. In"
                + " brackets: number of runs that are cats.",
            csv);
  }

  /** Runs under a flat fitness need no network, so all models share them. */
  private Optional<Figure> flat() throws IOException {
    for (String model : folder.models()) {
      Optional<Drawing> drawing =
          ArmStrips.edge("under a flat fitness, without a network", lanes(model, true));
      if (drawing.isPresent()) {
        return drawing.map(
            d ->
                Figure.of(
                    d,
                    "Edge index by operator under a flat fitness",
                    "The operators alone, under a fitness that is the same for every image. Such"
                        + " images have few pixels, so single runs vary widely; only their mean is"
                        + " informative.",
                    file(model)));
      }
    }
    return Optional.empty();
  }

  private List<ArmLane> lanes(String model, boolean flat) throws IOException {
    return folder.lanes(model, experiment).stream().filter(l -> l.isFlat() == flat).toList();
  }

  private String file(String model) {
    return model + "/" + experiment + "/" + ArmRow.FILE;
  }
}
