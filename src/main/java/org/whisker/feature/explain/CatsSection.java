package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.evolution.result.BestHistory;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.feature.ablate.ClimbPlot;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.explain.PageMaps.CanvasMap;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.Decimals;
import org.whisker.page.Section;
import org.whisker.page.Section.Figure;
import org.whisker.page.replay.Replay;
import org.whisker.page.replay.Replay.Replays;
import org.whisker.page.replay.ReplayFiles;
import org.whisker.value.Text;

/** The evolved images, enlarged, and the progress of the search. */
record CatsSection(ReportFolder folder) {
  private static final int MOST = 12;
  private static final String CAPTION =
      "every image of a run with a higher p(target) than all before, in the order in which they came."
          + " New pixels are ringed. The final image can have fewer pixels, since each adds the"
          + " penalty λ.";

  /** The file of the runs of a model's control arm. */
  static String file(String model) {
    return model + "/" + Hypotheses.CONTROL + "/" + ArmRow.FILE;
  }

  static Optional<Section> of(ReportFolder folder) throws IOException {
    CatsSection section = new CatsSection(folder);
    List<Figure> figures = new ArrayList<>();
    for (String model : folder.models()) {
      section.cats(model).ifPresent(figures::add);
    }
    section.climbs().ifPresent(figures::add);
    section.places().ifPresent(figures::add);
    return figures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "cats",
                "Evolved cats",
                section.heading(),
                List.of(
                    "Each image began as one black pixel at a random place on white. A genetic"
                        + " algorithm raised p(target) by adding, removing, moving and recombining"
                        + " pixels. All are drawn at one scale that shows every pixel."),
                figures,
                List.of(),
                List.of(),
                section.replays()));
  }

  /** The runs of each model whose history the folder has, the most cat-like first. */
  private List<Replays> replays() throws IOException {
    List<Replays> all = new ArrayList<>();
    for (String model : folder.models()) {
      List<Replay> runs = new ArrayList<>();
      Optional<ControlArm> control = ControlArm.of(folder, model);
      Optional<Canvas> canvas = canvas(folder, model);
      if (control.isEmpty() || canvas.isEmpty()) {
        continue;
      }
      Map<Integer, List<ClimbRow>> climb =
          folder.read(ClimbRow.TABLE, model + "/" + ClimbRow.FILE).stream()
              .collect(Collectors.groupingBy(ClimbRow::run));
      String csv = "";
      for (ArmRow run : once(control.get().byCatProbability())) {
        String own = model + "/runs/" + run.run();
        List<ClimbRow> rows = climb.getOrDefault(run.run(), List.of());
        Optional<Replay> replay =
            ReplayFiles.ofClimb("run " + run.run(), folder.place(own), canvas.get(), rows);
        replay.ifPresent(runs::add);
        csv = csv.isEmpty() && replay.isPresent() ? own + "/" + BestHistory.FILE : csv;
      }
      if (!runs.isEmpty()) {
        all.add(new Replays(model + ": " + CAPTION + precision(), csv, runs));
      }
    }
    return all;
  }

  /** The first row of each run: the files of a run are read once, however often it is named. */
  private static List<ArmRow> once(List<ArmRow> runs) {
    Set<Integer> seen = new HashSet<>();
    return runs.stream().filter(run -> seen.add(run.run())).toList();
  }

  /** How many runs of each model are cats. */
  private String heading() throws IOException {
    Map<String, String> cats = new LinkedHashMap<>();
    for (String model : folder.models()) {
      ControlArm.of(folder, model)
          .ifPresent(c -> cats.put(model, c.halfCats() + " of " + c.runs().size()));
    }
    return Headings.perModel(
        "Runs whose image reaches p(target) ½: ", cats, "", "The evolved images");
  }

  private Optional<Figure> cats(String model) throws IOException {
    List<ArmRow> runs = new ArrayList<>(ArmRow.ofControl(folder.read(ArmRow.TABLE, file(model))));
    Optional<Canvas> canvas = canvas(folder, model);
    if (canvas.isEmpty()) {
      return Optional.empty();
    }
    runs.sort(Comparator.comparingDouble(r -> -r.catProbability().orElse(-1)));
    List<Panel> panels = new ArrayList<>();
    int white = 0;
    for (ArmRow run : once(runs)) {
      Optional<BlackPixels> image = images(folder, model, canvas.get(), run.run());
      if (image.isPresent() && image.get().count() == 0) {
        white++;
      } else if (image.isPresent() && panels.size() < MOST) {
        panels.add(panel(model, run, image.get()));
      }
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(figure(model, runs.size(), white, panels));
  }

  private static Figure figure(String model, int runs, int white, List<Panel> panels) {
    String shown =
        panels.size() + white < runs
            ? Text.of("the %d most cat-like of %d runs", panels.size(), runs)
            : Text.of("all %d runs, the most cat-like first", runs);
    String none = white == 0 ? "" : Text.of(" %d ended white, without a pixel.", white);
    return new Figure(
        panels,
        "Final image of a run on " + model,
        model
            + ": "
            + shown
            + "."
            + none
            + " Images with p(target) below ½ are not classified as cat. E is the edge index: ½ is"
            + " chance, below ½ is nearer the edge.",
        file(model));
  }

  private static Panel panel(String model, ArmRow run, BlackPixels image) {
    String[] lines = {
      Text.of("run %d: p(target) %s", run.run(), text(run.catProbability())),
      Text.of("%d pixels, E %s", image.count(), text(run.edgeIndex()))
    };
    return PictureFigure.ofPixels(image, lines)
        .panel()
        .withAlt("Evolved on %s, %s, %s".formatted(model, lines[0], lines[1]));
  }

  /** Names the precision in which images are scored here, where the search used another. */
  private String precision() {
    String search = folder.manifest().path(StoredAblatedModel.SEARCH).asText();
    String end = folder.manifest().path("precision").asText();
    return search.isEmpty() || search.equals(end)
        ? ""
        : Text.of(
            " The search scored in %s; p(target) is that of %s, here as everywhere.", search, end);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 3) : "not known";
  }

  private Optional<Figure> climbs() throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + ClimbRow.FILE;
      List<Line> lines = lines(folder.read(ClimbRow.TABLE, file));
      if (!lines.isEmpty()) {
        panels.add(
            new Panel(
                    Charts.shares(
                            model + ", one line per run",
                            "images scored",
                            "p(target) of the best image",
                            lines)
                        .svg())
                .withAlt("p(target) of the best image against images scored on " + model));
        csv = csv == null ? file : csv;
      }
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "p(target) of the best image against images scored, one line per run",
                "Progress of each run. A line that stays below ½ is a run whose image is not"
                    + " classified as cat; it is counted, not dropped.",
                csv));
  }

  /** Edge index as the images of a run become cats. */
  private Optional<Figure> places() throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + ClimbRow.FILE;
      Optional<Drawing> drawing =
          ClimbPlot.runs(model + ", one line per run", folder.read(ClimbRow.TABLE, file));
      if (drawing.isPresent()) {
        panels.add(
            new Panel(drawing.get().svg())
                .withAlt("Edge index of the best image against its p(target) on " + model));
        csv = csv == null ? file : csv;
      }
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Edge index against p(target) along the climb, one line per run",
                "Where the pixels lie while an image becomes a cat. A bias at low p(target) is a"
                    + " bias of images that the network does not classify as cat.",
                csv));
  }

  /** Step functions: the best image stays the same between two rows. */
  private static List<Line> lines(List<ClimbRow> rows) {
    Map<Integer, List<double[]>> runs = new LinkedHashMap<>();
    for (ClimbRow row : rows) {
      List<double[]> points = runs.computeIfAbsent(row.run(), r -> new ArrayList<>());
      double[] next = {row.evaluations(), row.catProbability()};
      if (!points.isEmpty()) {
        points.add(new double[] {next[0], points.get(points.size() - 1)[1]});
      }
      points.add(next);
    }
    List<Line> lines = new ArrayList<>();
    runs.forEach(
        (run, points) ->
            lines.add(
                new Line(
                    "run " + run,
                    points.stream().mapToDouble(p -> p[0]).toArray(),
                    points.stream().mapToDouble(p -> p[1]).toArray())));
    return lines;
  }

  private static final Pattern INPUT = Pattern.compile("(?:\\d+x)?(\\d{1,5})x(\\d{1,5})");

  /**
   * The final image of a run of a model's control arm; empty if it is not in the folder.
   *
   * @throws IOException when a pixel is not on the canvas
   */
  static Optional<BlackPixels> images(ReportFolder folder, String model, Canvas canvas, long run)
      throws IOException {
    String file = imageFile(model, run);
    if (!folder.has(file)) {
      return Optional.empty();
    }
    List<Integer> pixels = new ArrayList<>();
    for (CsvRow row : folder.rows(file)) {
      int x = Math.toIntExact(row.integer("x"));
      int y = Math.toIntExact(row.integer("y"));
      if (!canvas.contains(x, y)) {
        throw row.error("pixel (" + x + ", " + y + ") is not on a canvas of " + canvas);
      }
      pixels.add(canvas.index(x, y));
    }
    return Optional.of(
        BlackPixels.of(canvas, pixels.stream().mapToInt(Integer::intValue).toArray()));
  }

  static String imageFile(String model, long run) {
    return model + "/runs/" + run + "/best.csv";
  }

  /** The model's canvas, from its row in models.csv or else from a map. */
  static Optional<Canvas> canvas(ReportFolder folder, String model) throws IOException {
    for (ModelRow row : folder.read(ModelRow.TABLE, ModelRow.FILE)) {
      Matcher input = INPUT.matcher(row.input());
      if (row.model().equals(model) && input.matches()) {
        return Optional.of(
            new Canvas(Integer.parseInt(input.group(2)), Integer.parseInt(input.group(1))));
      }
    }
    for (String map : List.of("frequency", "probe")) {
      Optional<CanvasMap> read = CanvasMap.read(folder, model + "/" + map + ".csv");
      if (read.isPresent()) {
        return read.map(CanvasMap::canvas);
      }
    }
    return Optional.empty();
  }
}
