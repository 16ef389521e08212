package org.whisker.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.SampleFigures;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Details;
import org.whisker.page.Section.Figure;
import org.whisker.page.VerdictRow.Effect;
import org.whisker.page.VerdictRow.VerdictMark;

/** A made-up report that uses every part a report can have. */
final class SampleReport {
  private SampleReport() {}

  static void writeData(Path folder) throws IOException {
    CsvTable table = new CsvTable(List.of("x", "y"), List.of(List.of("1", "2")));
    for (String name : List.of("runs.csv", "maps.csv", "extra data.csv")) {
      Csv.write(folder.resolve(name), table);
    }
  }

  static Report report() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("command", "whisker explain --runs 10 --seed 1");
    provenance.put("seeds", "1 to 10");
    provenance.put(
        "vgg16-mini", "sha256 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
    provenance.put("device", "cpu, 2 threads");
    return new Report(
        "Why do these classifiers see a cat at the edge?",
        "vgg16-mini and inception-resnet-v2-mini, 10 runs each",
        List.of(
            "Evolved pixels lie near the border: the edge index is 0.38 (95 % interval 0.35 to"
                + " 0.41), where 0.5 would be no bias.",
            "Swapping zero padding for reflection removes 71 % of that.",
            "The operators by themselves have no bias within ±0.05."),
        verdicts(),
        List.of(cats(), where(), probes()),
        provenance,
        List.of("extra data.csv"));
  }

  static List<VerdictRow> verdicts() {
    return List.of(
        row(
            "padding",
            "Does zero padding draw pixels to the border?",
            "Reflect instead of zero at inference, 10 paired seeds",
            effect(-0.085, -0.12, -0.05),
            0.0004,
            VerdictMark.CAUSE,
            "supported",
            0.71,
            ""),
        row(
            "operators",
            "Are crossover or mutation biased by themselves?",
            "Flat fitness, each operator, 10 runs",
            effect(0.004, -0.011, 0.019),
            0.8,
            VerdictMark.NOT_THE_CAUSE,
            "refuted: equivalent to none",
            Double.NaN,
            "Equivalence margin ±0.05, fixed beforehand."),
        row(
            "foveation",
            "Do fewer paths reach edge pixels?",
            "Path counts against density",
            effect(0.06, -0.04, 0.31),
            0.21,
            VerdictMark.UNDECIDED,
            "undecided",
            -0.05,
            "About 45 runs would decide."),
        new VerdictRow(
            "head",
            "Does the flattening head tie weights to places?",
            "VGG-16 with its head against pooled",
            "",
            Optional.empty(),
            OptionalDouble.empty(),
            VerdictMark.CONTROL,
            "not run",
            OptionalDouble.empty(),
            ""));
  }

  private static Effect effect(double v, double low, double high) {
    return new Effect(
        v, low, high, "ΔE against the control arm", 0, -0.2, 0.2, OptionalDouble.of(0.05));
  }

  private static VerdictRow row(
      String id,
      String question,
      String experiment,
      Effect effect,
      double p,
      VerdictMark verdict,
      String text,
      double share,
      String note) {
    return new VerdictRow(
        id,
        question,
        experiment,
        "vgg16-mini",
        Optional.of(effect),
        OptionalDouble.of(p),
        verdict,
        text,
        Double.isNaN(share) ? OptionalDouble.empty() : OptionalDouble.of(share),
        note);
  }

  private static Section cats() {
    List<Panel> panels = SampleFigures.cats().stream().map(PictureFigure::panel).toList();
    return new Section(
        "cats",
        "The evolved cats",
        List.of(
            "Each picture is white but for a few black pixels, and each classifier is sure that it"
                + " is a cat."),
        List.of(
            new Figure(
                panels,
                "Evolved black-pixel image",
                "The best image of three runs on vgg16-mini.",
                "runs.csv")),
        List.of(
            new DataTable(
                List.of("model", "seed", "p(target)", "pixels", "E"),
                List.of(
                    List.of("vgg16-mini", "1", "0.994", "40", "0.36"),
                    List.of("vgg16-mini", "2", "0.981", "52", "0.41"),
                    List.of("inception-resnet-v2-mini", "1", "0.31", "9", "0.29")),
                "Every run.",
                "runs.csv")),
        List.of(
            new Details(
                "How evolution was set", List.of("Population 100, crossover 0.8."), List.of())));
  }

  private static Section where() {
    return new Section(
        "where",
        "Where their pixels sit",
        List.of("Density is the share of pixels in a ring over the ring's share of the area."),
        List.of(
            new Figure(
                List.of(
                    SampleFigures.density().panel(),
                    new Panel(SampleFigures.chart("profile").svg())),
                "Density of evolved pixels",
                "All final images: over the canvas, and by edge rank.",
                "maps.csv"),
            Figure.of(
                SampleFigures.chart("strip"),
                "Edge index of every run by padding",
                "Every run shown.",
                "runs.csv"),
            Figure.of(
                SampleFigures.chart("profile").png(2),
                "Density by edge rank",
                "The same, as PNG.",
                null)),
        List.of(),
        List.of());
  }

  private static Section probes() {
    return new Section(
        "probes",
        "What a single black pixel does",
        List.of("Red places make it more of a cat."),
        List.of(
            new Figure(
                SampleFigures.maps().maps().stream().map(HeatmapFigure::panel).toList(),
                "Change of the logit by one black pixel",
                "Both models on one scale.",
                "maps.csv"),
            new Figure(
                List.of(
                    new Panel(SampleFigures.chart("lines").svg()),
                    new Panel(SampleFigures.chart("training").svg()),
                    new Panel(SampleFigures.chart("calibration").svg()),
                    new Panel(SampleFigures.chart("roc").svg()),
                    new Panel(SampleFigures.chart("confusion").svg())),
                "Charts",
                "All charts.",
                null)),
        List.of(),
        List.of());
  }
}
