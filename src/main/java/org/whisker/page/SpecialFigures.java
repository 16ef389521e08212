package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.experiment.MovePlots;
import org.whisker.chart.experiment.RingPlots;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.position.ResiduePlot;
import org.whisker.position.result.ResidueRow;
import org.whisker.table.Table;
import org.whisker.table.experiment.MoveCurveRow;
import org.whisker.table.experiment.RingRow;

/** Figures specific to one experiment: rings, moved patterns, residues. */
record SpecialFigures(ReportFolder folder, String experiment) {
  List<Figure> all() throws IOException {
    List<Figure> figures = new ArrayList<>();
    Map<String, List<RingRow>> rings = rows(RingRow.TABLE, RingRow.FILE);
    ring(
            RingPlots.alone(rings, false),
            rings,
            "One black pixel on white",
            "Effect of one black pixel by edge rank: the penalty that the surrogate subtracts.")
        .ifPresent(figures::add);
    ring(
            RingPlots.contribution(rings),
            rings,
            "Leave-one-out effects of the black pixels of evolved images",
            "Effects of the evolved black pixels by edge rank, where any image has one. Bands: 95 %"
                + " intervals over runs, with at least four runs.")
        .ifPresent(figures::add);
    moves().ifPresent(figures::add);
    residues().ifPresent(figures::add);
    return figures;
  }

  /** The rows of each model that has any. */
  private <R extends Record> Map<String, List<R>> rows(Table<R> table, String name)
      throws IOException {
    Map<String, List<R>> models = new LinkedHashMap<>();
    for (String model : folder.models()) {
      List<R> rows = folder.read(table, file(model, name));
      if (!rows.isEmpty()) {
        models.put(model, rows);
      }
    }
    return models;
  }

  private String file(String model, String name) {
    return model + "/" + experiment + "/" + name;
  }

  private String first(Map<String, ?> models, String name) {
    return file(models.keySet().iterator().next(), name);
  }

  private Optional<Figure> ring(
      Optional<Drawing> drawing, Map<String, List<RingRow>> models, String title, String caption) {
    return drawing.map(
        d -> Figure.of(d, title + " by edge rank", caption, first(models, RingRow.FILE)));
  }

  private Optional<Figure> moves() throws IOException {
    Map<String, List<MoveCurveRow>> models = rows(MoveCurveRow.TABLE, MoveCurveRow.FILE);
    MovePlots.Range range =
        MovePlots.range(
            models.values().stream()
                .flatMap(List::stream)
                .filter(MovePlots::isByDistance)
                .toList());
    List<Panel> panels = new ArrayList<>();
    models.forEach(
        (model, rows) ->
            new MovePlots(rows, OptionalDouble.empty())
                .distances(model + ": distance moved, in pixels", range.wider())
                .ifPresent(d -> panels.add(new Panel(d.svg()))));
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Change of the logit by the distance a pattern is moved",
                "Evolved patterns moved as a whole, all models on one scale. Roll: pixels that"
                    + " leave on one side enter on the other; translate: they are lost. Dashed line"
                    + " at 0: the original position. Bands: 95 % intervals over images. Whether"
                    + " multiples of a stride lose less is tested in the table below.",
                first(models, MoveCurveRow.FILE)));
  }

  private Optional<Figure> residues() throws IOException {
    Map<String, List<ResidueRow>> models = rows(ResidueRow.TABLE, ResidueRow.FILE);
    List<Panel> panels = new ArrayList<>();
    models.forEach((model, rows) -> panels.addAll(ResiduePlot.panels(model, rows)));
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Density of evolved pixels by residue of x and y",
                "Evolved pixels by the residue of x and y modulo powers of two; 1 is chance. Bands:"
                    + " 95 % intervals over runs, clipped at 0. An effect of strides would favour"
                    + " some residues.",
                first(models, ResidueRow.FILE)));
  }
}
