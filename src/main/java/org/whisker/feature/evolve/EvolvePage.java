package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.ablation.result.ArmImageRow.ArmDensity;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Scale;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.RunSummary;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv;
import org.whisker.io.Decimals;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;
import org.whisker.page.HtmlReport;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.page.replay.Replay;
import org.whisker.page.replay.Replay.Replays;
import org.whisker.value.Text;

/** {@code index.html} of an evolution experiment, drawn from the tables of its folder. */
public final class EvolvePage {

  /** Entries that are not shown. Without times, the same seeds give the same page. */
  private static final Set<String> INTERNAL =
      Set.of("configuration", "arguments", "status", "created", "precision_choice");

  private static final int MOST_IMAGES = 24;

  private final EvolvedRuns runs;

  private EvolvePage(EvolvedRuns runs) {
    this.runs = runs;
  }

  /**
   * Whether the folder is one of {@code evolve} with a run that has ended.
   *
   * @throws IOException when it is, and the table of its runs is damaged
   */
  public static boolean isFor(Path folder) throws IOException {
    Path runs = folder.resolve(RunSummary.FILE);
    boolean own =
        Manifest.isIn(folder)
            && Files.isRegularFile(runs)
            && JsonFile.read(Manifest.file(folder)).path("command").asText().equals("evolve");
    if (own) {
      RunSummary.TABLE.requireColumns(runs, Csv.header(runs));
    }
    return own;
  }

  /**
   * Writes the page.
   *
   * @return its size in bytes
   * @throws IOException in one line that names the file that is missing or can't be read
   */
  public static long write(Path folder) throws IOException {
    return HtmlReport.write(folder, () -> new EvolvePage(EvolvedRuns.read(folder)).report());
  }

  private Report report() throws IOException {
    List<Section> sections = new ArrayList<>();
    if (!runs.replays().isEmpty()) {
      sections.add(replay());
    }
    if (!runs.images().isEmpty()) {
      sections.add(gallery());
    }
    EvolvedFigures figures = new EvolvedFigures(runs);
    figures.climb().ifPresent(sections::add);
    figures.places().ifPresent(sections::add);
    sections.add(table());
    JsonNode manifest = runs.manifest();
    return new Report(
        "Images evolved to be a " + (runs.isTowardsCat() ? "cat" : "not-cat"),
        "%s for %s".formatted(count(runs.summaries().size()), runs.model()),
        List.of(answer()),
        List.of(),
        sections,
        Report.manifestLines(manifest, INTERNAL),
        runs.files());
  }

  private static String count(int n) {
    return n + (n == 1 ? " run" : " runs");
  }

  private String answer() {
    List<RunSummary.Numbers> ended =
        runs.summaries().stream().flatMap(r -> r.numbers().stream()).toList();
    if (ended.isEmpty()) {
      return "No run has ended with an image.";
    }
    long half = ended.stream().filter(n -> n.catProbability() >= 0.5).count();
    double best = ended.stream().mapToDouble(RunSummary.Numbers::catProbability).max().orElse(0);
    OptionalDouble edge = ended.stream().flatMapToDouble(n -> n.edgeIndex().stream()).average();
    return "%s of %s %s p(target)\u00a0½; the highest p(target) is %s%s."
        .formatted(
            half == 0 ? "None" : Long.toString(half),
            count(runs.summaries().size()),
            half == 0 || half == 1 ? "reaches" : "reach",
            Decimals.fixed(best, 3),
            edge.isPresent()
                ? "; mean edge index E\u00a0=\u00a0%s, where ½ is chance and 0 the border"
                    .formatted(Decimals.fixed(edge.getAsDouble(), 2))
                : "");
  }

  private Section replay() {
    EvolvedRuns.Grown best = runs.replays().get(0);
    var last = best.replay().last();
    String heading =
        Text.of(
            "Run %d reached p(target) %s with %d pixels by generation %d",
            best.run(),
            Decimals.fixed(last.catProbability(), 2),
            last.image().count(),
            last.generation());
    return new Section(
        "replay",
        "Replay",
        heading,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new Replays(
                "The fittest image of a run, generation by generation where it changes. New pixels"
                    + " are ringed. Arrow keys move the slider, the space bar plays and pauses."
                    + scored(),
                "runs/" + best.run() + "/" + BestHistory.FILE,
                runs.replays().stream().map(EvolvedRuns.Grown::replay).toList())));
  }

  /** Names the precision of p(target), where it differs from that of final images. */
  private String scored() {
    String search = runs.manifest().path("precision").asText("float32");
    return search.equals("float32")
        ? ""
        : " p(target) is that of the search, in %s; final images are scored in float32."
            .formatted(search);
  }

  private Section gallery() {
    List<Panel> panels = new ArrayList<>();
    int pixels = 0;
    for (EvolvedRuns.Image image : runs.images()) {
      RunSummary.Numbers n = image.numbers();
      pixels += n.blackPixels();
      if (panels.size() < MOST_IMAGES) {
        String[] lines = {
          Text.of("run %d: p(target) %s", image.run(), Decimals.fixed(n.catProbability(), 3)),
          Text.of(
              "%d pixels, E %s",
              n.blackPixels(),
              n.edgeIndex().isPresent()
                  ? Decimals.fixed(n.edgeIndex().getAsDouble(), 3)
                  : "not defined")
        };
        panels.add(
            PictureFigure.ofPixels(runs.tones().painted(image.pixels()), lines)
                .panel()
                .withAlt("Final image, " + lines[0] + ", " + lines[1]));
      }
    }
    String mean = Decimals.fixed((double) pixels / runs.images().size(), 0);
    String shown =
        panels.size() < runs.images().size()
            ? Text.of(
                "The %d most cat-like of %d final images.", panels.size(), runs.images().size())
            : "The final images, the most cat-like first.";
    return new Section(
        "images",
        "Images",
        "The final images have %s pixels on average".formatted(mean),
        List.of(),
        List.of(new Figure(panels, "Final image of a run", shown, RunSummary.FILE)),
        List.of(),
        List.of());
  }

  private Section table() {
    List<List<String>> rows = new ArrayList<>();
    for (RunSummary run : runs.summaries()) {
      rows.add(
          run.numbers()
              .map(
                  n ->
                      List.of(
                          Integer.toString(run.run()),
                          Long.toString(run.seed()),
                          Decimals.fixed(n.catProbability(), 3),
                          Integer.toString(n.blackPixels()),
                          n.edgeIndex().isPresent()
                              ? Decimals.fixed(n.edgeIndex().getAsDouble(), 3)
                              : "",
                          Integer.toString(n.generations()),
                          Long.toString(n.evaluations()),
                          run.ending()))
              .orElse(
                  List.of(
                      Integer.toString(run.run()),
                      Long.toString(run.seed()),
                      "",
                      "",
                      "",
                      "",
                      "",
                      "failed: " + run.message())));
    }
    DataTable table =
        new DataTable(
            List.of("run", "seed", "p(target)", "pixels", "E", "generations", "scored", "ended by"),
            rows,
            "Every run, with its final image's numbers.",
            RunSummary.FILE);
    long failed = runs.summaries().stream().filter(RunSummary::isFailed).count();
    return new Section(
        "runs",
        "Runs",
        failed == 0 ? "No run failed" : failed + " of " + count(rows.size()) + " failed",
        List.of(),
        List.of(),
        List.of(table),
        List.of());
  }

  /** What a run's folder has for the page to link. */
  static List<String> linked() {
    return List.of(GenerationStats.FILE, BestHistory.FILE, "best.csv", "minimal.csv");
  }

  /** The climb of the runs, and where their pixels lie. */
  private record EvolvedFigures(EvolvedRuns runs) {
    /** p(target) against images scored, and E against p(target). */
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
                          "One line per run",
                          "images scored",
                          "p(target) of the fittest image",
                          climbs)
                      .svg())
              .withAlt("p(target) of the fittest image against images scored"));
      if (!edges.isEmpty()) {
        panels.add(
            new Panel(
                    Charts.shares(
                            "One line per run",
                            "p(target) of the fittest image",
                            "edge index E (½ is chance)",
                            edges)
                        .svg())
                .withAlt("Edge index of the fittest image against its p(target)"));
      }
      long steps = runs.replays().stream().mapToLong(g -> g.replay().frames().size()).sum();
      String heading =
          "The fittest image changed %s times a run"
              .formatted(Decimals.fixed((double) steps / runs.replays().size(), 0));
      Figure figure =
          new Figure(
              panels,
              "The climb of the runs",
              "How p(target) rises, and where the pixels lie on the way.",
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
                          "E is the mean edge rank of the pixels: 0 on the border, 1 in the centre,"
                              + " ½ on average for random pixels on any canvas."),
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
}
