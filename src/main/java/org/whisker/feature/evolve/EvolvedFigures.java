package org.whisker.feature.evolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.result.ArmDensity;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Scale;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.RunSummary;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.page.Figure;
import org.whisker.page.Section;
import org.whisker.page.replay.Replay;

/** The climb of the runs, and where their pixels lie. */
record EvolvedFigures(EvolvedRuns runs) {
  /** p(cat) against images scored, and E against p(cat). */
  Optional<Section> climb() {
    List<Line> climbs = new ArrayList<>();
    List<Line> edges = new ArrayList<>();
    for (EvolvedRuns.Grown grown : runs.replays()) {
      climbs.add(climb(grown.replay()));
      edge(grown.replay()).ifPresent(edges::add);
    }
    if (climbs.isEmpty()) {
      return Optional.empty();
    }
    List<Panel> panels = new ArrayList<>();
    panels.add(
        new Panel(
                Charts.shares(
                        "One line per run", "images scored", "p(cat) of the fittest image", climbs)
                    .svg())
            .withAlt("p(cat) of the fittest image against images scored"));
    if (!edges.isEmpty()) {
      panels.add(
          new Panel(
                  Charts.shares(
                          "One line per run",
                          "p(cat) of the fittest image",
                          "edge index E (½ is chance)",
                          edges)
                      .svg())
              .withAlt("Edge index of the fittest image against its p(cat)"));
    }
    long steps = runs.replays().stream().mapToLong(g -> g.replay().frames().size()).sum();
    String heading =
        "The fittest image changed %s times a run"
            .formatted(Decimals.fixed((double) steps / runs.replays().size(), 0));
    Figure figure =
        new Figure(
            panels,
            "The climb of the runs",
            "How p(cat) rises, and where the pixels lie on the way.",
            "runs/" + runs.replays().get(0).run() + "/" + BestHistory.FILE);
    return Optional.of(
        new Section("climb", "Climb", heading, List.of(), List.of(figure), List.of(), List.of()));
  }

  /** A step function: between two images the fittest one stays. */
  private static Line climb(Replay replay) {
    List<double[]> points = new ArrayList<>();
    for (Replay.Frame frame : replay.frames()) {
      double x = frame.evaluations().orElse(frame.generation());
      if (!points.isEmpty()) {
        points.add(new double[] {x, points.get(points.size() - 1)[1]});
      }
      points.add(new double[] {x, frame.catProbability()});
    }
    return line(replay.name(), points);
  }

  private static Optional<Line> edge(Replay replay) {
    List<double[]> points =
        replay.frames().stream()
            .filter(f -> f.edgeIndex().isPresent())
            .map(f -> new double[] {f.catProbability(), f.edgeIndex().getAsDouble()})
            .toList();
    return points.size() < 2 ? Optional.empty() : Optional.of(line(replay.name(), points));
  }

  private static Line line(String name, List<double[]> points) {
    return new Line(
        name,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  /** The density of the pixels of all final images. */
  Optional<Section> places() {
    List<BlackPixels> images = runs.images().stream().map(EvolvedRuns.Image::pixels).toList();
    Optional<ArmDensity> density =
        images.isEmpty() ? Optional.empty() : Optional.of(ArmDensity.of("final images", images));
    return density
        .filter(d -> d.density().isPresent())
        .map(
            d ->
                new Section(
                    "positions",
                    "Positions",
                    heading(),
                    List.of(
                        "E is the mean edge rank of the pixels: 0 on the border, 1 in the centre, ½"
                            + " on average for random pixels on any canvas."),
                    List.of(map(d)),
                    List.of(),
                    List.of()));
  }

  private String heading() {
    OptionalDouble mean =
        runs.images().stream().flatMapToDouble(i -> i.numbers().edgeIndex().stream()).average();
    return mean.isPresent()
        ? "Pixels lie at E = %s on average; ½ is chance, 0 the border"
            .formatted(Decimals.fixed(mean.getAsDouble(), 2))
        : "No image has a pixel";
  }

  private static Figure map(ArmDensity of) {
    Canvas canvas = of.canvas();
    double[] density = of.density().orElseThrow();
    float[] values = new float[density.length];
    float top = 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) density[i];
      top = Math.max(top, values[i]);
    }
    Scale scale = new Scale(0, top, "density (1 = chance)");
    return new Figure(
        List.of(
            HeatmapFigure.of("final images", canvas, values, scale, ColorMap.SEQUENTIAL).panel()),
        "Smoothed density of the pixels of all final images",
        "Density of the pixels of all final images, smoothed, with equal weight per run; 1 is"
            + " chance.",
        RunSummary.FILE);
  }
}
