package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.ablation.result.ArmImageRow;
import org.whisker.ablation.result.ArmImageRow.ArmDensity;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.ablation.result.EntryTables.StartRow;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.RingRow;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.feature.ablate.ArmDensityMaps;
import org.whisker.feature.ablate.ArmStrips;
import org.whisker.feature.ablate.ArmStrips.ArmLane;
import org.whisker.feature.ablate.ClimbPlot;
import org.whisker.feature.ablate.EntryPlots;
import org.whisker.feature.ablate.MovePlots;
import org.whisker.feature.ablate.RingPlots;
import org.whisker.feature.explain.CarrierFigures.PatchFigures;
import org.whisker.hypothesis.BarrierOrigin.OriginRow;
import org.whisker.hypothesis.Exhibit;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.page.Section.Figure;
import org.whisker.table.Table;
import org.whisker.value.IoFunction;

/** The figures of an experiment over all models that have it. */
record ExperimentFigures(ReportFolder folder, String experiment) {
  private static final Set<Exhibit> OF_RUNS =
      Set.of(
          Exhibit.EDGE_INDEX,
          Exhibit.EDGE_INDEX_OF_CATS,
          Exhibit.CLIMBS,
          Exhibit.CONFIDENCE,
          Exhibit.DENSITY_MAPS);

  /** The figures that have data, in this order; empty if nothing was compared. */
  List<Figure> all(List<Exhibit> shown) throws IOException {
    List<Figure> figures = new ArrayList<>();
    boolean repeated = repeatsControl();
    for (Exhibit each : shown) {
      if (each.isTable() || (repeated && OF_RUNS.contains(each))) {
        continue;
      }
      switch (each) {
        case EDGE_INDEX -> strips(false).ifPresent(figures::add);
        case EDGE_INDEX_OF_CATS -> cats().ifPresent(figures::add);
        case CLIMBS -> climbs().ifPresent(figures::add);
        case FLAT_FITNESS -> flat().ifPresent(figures::add);
        case CONFIDENCE -> strips(true).ifPresent(figures::add);
        case DENSITY_MAPS -> maps().ifPresent(figures::add);
        case RINGS -> rings(figures);
        case DOSE -> {
          DoseFigures curves = DoseFigures.of(folder, experiment);
          curves.onBackground().ifPresent(figures::add);
          curves.onOthers().ifPresent(figures::add);
        }
        case PARTS -> {
          PartFigures parts = new PartFigures(folder, experiment);
          parts.shares().ifPresent(figures::add);
          parts.contrasts().ifPresent(figures::add);
        }
        case CARRIERS -> new CarrierFigures(folder, experiment).matrices().ifPresent(figures::add);
        case CARRIER_PHOTOS ->
            new PatchFigures(folder, experiment).gallery().ifPresent(figures::add);
        case MOVES -> moves().ifPresent(figures::add);
        case ORIGINS -> origins().ifPresent(figures::add);
        case GIVEN_PIXELS -> starts().ifPresent(figures::add);
        case GAINS -> gains().ifPresent(figures::add);
        case RELEASE_CURVE -> release().ifPresent(figures::add);
        default -> throw new IllegalArgumentException(each + " is no figure");
      }
    }
    return figures;
  }

  /** Whether its runs with a network are all among those that the control's section shows. */
  private boolean repeatsControl() throws IOException {
    if (experiment.equals(Hypotheses.CONTROL)) {
      return false;
    }
    for (String model : folder.models()) {
      List<List<Object>> shown = runs(model, Hypotheses.CONTROL);
      List<List<Object>> own = runs(model, experiment);
      if (own.size() > shown.size() || !shown.containsAll(own)) {
        return false;
      }
    }
    return true;
  }

  private List<List<Object>> runs(String model, String of) throws IOException {
    return folder.read(ArmRow.TABLE, model + "/" + of + "/" + ArmRow.FILE).stream()
        .filter(row -> row.logit().isPresent())
        .map(row -> List.<Object>of(row.variant(), row.view(), row.seed(), row.logit()))
        .toList();
  }

  /** E of the runs that became cats, which is what arms are compared by. */
  private Optional<Figure> cats() throws IOException {
    return perModel(
        model -> {
          List<ArmLane> lanes = lanes(model, false);
          return lanes.size() > 1
              ? ArmStrips.cats(
                  model, lanes, folder.read(EffectRow.TABLE, path(model, EffectRow.FILE)))
              : Optional.empty();
        },
        "Edge index at equal p(target) by arm of " + experiment,
        "E of the first image of each run that reached the p(target) named below the axis. Arms are"
            + " compared by these: at the target where at least half of their runs reached it,"
            + " otherwise at ½.",
        ArmRow.FILE);
  }

  /** Edge index of added pixels by the start. */
  private Optional<Figure> starts() throws IOException {
    return perModel(
        model -> EntryPlots.starts(model, folder.read(StartRow.TABLE, path(model, StartRow.FILE))),
        "Edge index of added pixels by the number of central pixels at the start",
        "E of the pixels that the question's search adds, by the number of central pixels"
            + " that all founders have, and by the number that a mutation adds at once. Beside"
            + " it is the same search on images that are rolled by a random offset, which has"
            + " no preferred place. If only the cost of the middle kept the search out, E"
            + " would rise with this number.",
        StartRow.FILE);
  }

  /** Gain by arm. */
  private Optional<Figure> gains() throws IOException {
    return perModel(
        model -> {
          List<ArmLane> lanes =
              lanes(model, false).stream()
                  .filter(l -> !l.name().endsWith("+rolled") || l.name().contains("held"))
                  .toList();
          return lanes.size() > 1 ? ArmStrips.gain(model, lanes) : Optional.empty();
        },
        "Gain of the logit over white by arm of " + experiment,
        "How far the final image of each run is from white, in logits towards the target. In"
            + " brackets: number of runs that reached the target. Arms called held change only"
            + " pixels of the middle half; in rolled arms this window lies at a random place.",
        ArmRow.FILE);
  }

  /** p(target) and score through the release. */
  private Optional<Figure> release() throws IOException {
    return perModel(
        model ->
            EntryPlots.release(model, folder.read(ReleaseRow.TABLE, path(model, ReleaseRow.FILE))),
        "p(target) and score before and after the release from the middle",
        "Runs that are held to the middle and then released, compared with free runs: mean of"
            + " the best image so far, with 95\u00a0% bands over runs. If being held were only"
            + " a late start, the third line would lie on the first.",
        ReleaseRow.FILE);
  }

  /** Edge index as images become cats. */
  private Optional<Figure> climbs() throws IOException {
    return perModel(
        model ->
            lanes(model, false).size() > 1
                ? ClimbPlot.arms(
                    model,
                    folder.read(
                        EdgeAtConfidence.TABLE,
                        model + "/" + experiment + "/" + EdgeAtConfidence.FILE))
                : Optional.empty(), // the control alone is shown once, with its cats
        "Edge index against p(target) by arm of " + experiment,
        "E along the climb, arms at equal p(target): the mean over the first image of each run at or"
            + " above each p(target), with its 95\u00a0% interval. A line ends where fewer than half"
            + " of the runs reached that p(target).",
        EdgeAtConfidence.FILE);
  }

  private Optional<Figure> perModel(
      IoFunction<String, Optional<Drawing>> drawn, String alt, String caption, String file)
      throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      Optional<Drawing> drawing = drawn.apply(model);
      drawing.ifPresent(d -> panels.add(new Panel(d.svg())));
      csv = csv == null && drawing.isPresent() ? model + "/" + experiment + "/" + file : csv;
    }
    return panels.isEmpty() ? Optional.empty() : Optional.of(new Figure(panels, alt, caption, csv));
  }

  /** The lanes of E or of p(target); empty for an experiment with one arm. */
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
            "p(target) of every run by arm of " + experiment,
            "p(target) reached by the search in each arm ("
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
                + " brackets: how many runs reach the p(target) that the search aims at. A cat is an"
                + " image of p(target) ½ or more.",
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

  /**
   * Pixel densities of all arms of all models, on one scale; empty if no arm has an image with a
   * black pixel, or there is only a control.
   */
  private Optional<Figure> maps() throws IOException {
    List<ArmDensityMaps.OfModel> maps = new ArrayList<>();
    List<String> white = new ArrayList<>();
    @Nullable String csv = null;
    for (String model : folder.models()) {
      String own = model + "/" + experiment;
      List<ArmDensity> arms = ArmDensity.read(folder.place(own));
      for (ArmDensity arm : arms.size() == 1 ? List.<ArmDensity>of() : arms) {
        if (arm.density().isPresent()) {
          maps.add(new ArmDensityMaps.OfModel(model, arm));
        } else {
          white.add(arm.arm() + " on " + model);
        }
        csv = csv == null ? own + "/" + ArmImageRow.FILE : csv;
      }
    }
    return maps.isEmpty() ? Optional.empty() : Optional.of(maps(maps, white, csv));
  }

  private static Figure maps(
      List<ArmDensityMaps.OfModel> maps, List<String> white, @Nullable String csv) {
    String none =
        white.isEmpty() ? "" : " No black pixel in any run: " + String.join(", ", white) + ".";
    return new Figure(
        new ArmDensityMaps(maps).panels(),
        "Density of black pixels by arm",
        "Density of the black pixels of the final images by arm, all on one scale of square roots:"
            + " smoothed, with equal weight per run; 1 is chance."
            + none,
        csv);
  }

  private void rings(List<Figure> figures) throws IOException {
    Map<String, List<RingRow>> rings = rows(RingRow.TABLE, RingRow.FILE);
    ring(
            RingPlots.alone(rings, false),
            rings,
            "One black pixel on white",
            "Effect of one black pixel by edge rank: the cost that the surrogate refunds.")
        .ifPresent(figures::add);
    ring(
            RingPlots.contribution(rings),
            rings,
            "Leave-one-out effects of the black pixels of evolved images",
            "Effects of the evolved black pixels by edge rank, where any image has one. Bands: 95 %"
                + " intervals over runs, with at least four runs.")
        .ifPresent(figures::add);
  }

  /** The rows of each model that has any. */
  private <R extends Record> Map<String, List<R>> rows(Table<R> table, String name)
      throws IOException {
    Map<String, List<R>> models = new LinkedHashMap<>();
    for (String model : folder.models()) {
      List<R> rows = folder.read(table, path(model, name));
      if (!rows.isEmpty()) {
        models.put(model, rows);
      }
    }
    return models;
  }

  private String path(String model, String name) {
    return model + "/" + experiment + "/" + name;
  }

  private String first(Map<String, ?> models, String name) {
    return path(models.keySet().iterator().next(), name);
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

  /** The barrier of each network that was trained, by how it was trained. */
  private Optional<Figure> origins() throws IOException {
    return perModel(
        model -> {
          List<OriginRow> rows = folder.read(OriginRow.TABLE, path(model, OriginRow.FILE));
          Map<String, List<OriginRow>> kinds = Table.by(rows, OriginRow::trained);
          return kinds.isEmpty() ? Optional.empty() : Optional.of(origins(model, kinds));
        },
        "Barrier height of networks by how they were trained",
        "Mean cost of black pixels in the innermost fifth of the canvas minus that in the"
            + " outermost fifth, one dot per network; bars: 95\u00a0% intervals of the mean."
            + " Right of the dashed line the middle costs more.",
        OriginRow.FILE);
  }

  private static Drawing origins(String model, Map<String, List<OriginRow>> kinds) {
    List<Arm> arms = new ArrayList<>();
    kinds.forEach(
        (trained, rows) -> {
          double[] dots = rows.stream().mapToDouble(OriginRow::height).toArray();
          OriginRow any = rows.get(0);
          arms.add(
              new Arm(
                  trained,
                  dots,
                  IntStream.range(0, dots.length).toArray(),
                  any.mean(),
                  Math.min(any.mean(), any.ciLow()),
                  Math.max(any.mean(), any.ciHigh())));
        });
    return new StripPlot(
        model,
        "cost of the centre above the edge, logits",
        arms,
        0,
        StripPlot.ofRuns("networks", false, "no barrier"),
        false);
  }
}
