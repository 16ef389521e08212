package org.whisker.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.ablation.PaddingSwap;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.explain.Explanation;
import org.whisker.explain.ModelFindings;
import org.whisker.image.EdgeBin;
import org.whisker.position.DensityProfile;
import org.whisker.position.PixelMap;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;
import org.whisker.stats.Summary;

/** The figures of an explanation; maps and profiles that are compared share a scale. */
final class ExplanationFigures {
  private static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";

  private final Explanation e;

  ExplanationFigures(Explanation e) {
    this.e = e;
  }

  /** All final images of a model, the most cat-like first. */
  Figure cats(ModelFindings m) {
    List<Panel> panels =
        m.runs().stream()
            .sorted((a, b) -> Float.compare(a.best().logit(), b.best().logit()))
            .map(run -> EvolvedFigure.of(run.best().genome(), captions(run)).panel())
            .toList();
    String alt =
        "Final images of %d runs on %s: black pixels on white".formatted(panels.size(), name(m));
    String caption =
        "%s: the best image of each run, the most cat-like first. E is the edge index: ½ is chance, less is nearer the edge."
            .formatted(name(m));
    return new Figure(panels, alt, caption, name(m) + "/runs.csv");
  }

  private static String[] captions(RunResult run) {
    return new String[] {
      format("seed %d: p(cat) %.3f", run.seed(), run.catProbability()),
      format("%d pixels, E %s", run.blackPixels(), index(run.edgeIndex()))
    };
  }

  static String index(OptionalDouble index) {
    return index.isPresent() ? format("%.3f", index.getAsDouble()) : "-";
  }

  /** p(cat) of the best image against the images scored. */
  Figure progress(ModelFindings m) {
    List<Line> lines = new ArrayList<>();
    for (int run = 0; run < m.histories().size(); run++) {
      List<GenerationStats> history = m.histories().get(run);
      lines.add(
          new Line(
              "seed " + m.runs().get(run).seed(),
              history.stream().mapToDouble(GenerationStats::evaluations).toArray(),
              history.stream().mapToDouble(GenerationStats::bestCatProbability).toArray()));
    }
    Drawing drawing =
        Charts.shares(
            name(m) + ": the search, a line a run",
            "images scored",
            "p(cat) of the best image",
            lines);
    return Figure.of(
        drawing,
        "p(cat) of the best image against images scored, a line a run, on " + name(m),
        "How each run climbed on "
            + name(m)
            + ". A line that never reaches ½ is a run that failed.",
        name(m) + "/runs.csv");
  }

  Optional<Figure> densities() {
    return maps(
        m -> m.heatmap().density().map(PixelMap::values).map(MapFiles::floats),
        ColorMap.SEQUENTIAL,
        "times chance",
        "Smoothed density of evolved black pixels",
        "Where evolved pixels lie, over all runs of a model: smoothed by a Gaussian of %.1f px, 1 is as dense as chance. All models on one scale."
            .formatted(e.models().get(0).heatmap().bandwidth()),
        "density.csv");
  }

  Optional<Figure> probes() {
    return maps(
        m -> Optional.of(MapFiles.floats(m.probe().delta().values())),
        ColorMap.DIVERGING,
        "Δlogit of not-cat",
        "Effect of one black pixel at each position of the white image",
        "Every pixel of the white image made black, one at a time. Blue pushes towards cat, red away from it. All models on one scale.",
        "probe.csv");
  }

  Optional<Figure> gradients() {
    return maps(
        m -> Optional.of(MapFiles.negated(m.gradient().values())),
        ColorMap.DIVERGING,
        "Δlogit of not-cat, to first order",
        "What the gradient predicts of one black pixel at each position of the white image",
        "Minus the gradient: what the smallest darkening does, scaled up to a whole step. Blue pushes towards cat, red away from it. Where it looks unlike the effect of a black pixel, that step is too long for a straight line. All models on one scale; the table has the gradient itself.",
        "gradient.csv");
  }

  private Optional<Figure> maps(
      Function<ModelFindings, Optional<float[]>> values,
      ColorMap colors,
      String unit,
      String alt,
      String caption,
      String csv) {
    List<ModelFindings> shown =
        e.models().stream().filter(m -> values.apply(m).isPresent()).toList();
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    float[][] all = shown.stream().map(m -> values.apply(m).orElseThrow()).toArray(float[][]::new);
    Scale scale =
        colors == ColorMap.DIVERGING
            ? Scale.symmetricCovering(unit, all)
            : new Scale(0, Scale.covering(unit, all).max(), unit);
    List<HeatmapFigure> figures = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      ModelFindings m = shown.get(i);
      figures.add(HeatmapFigure.of(name(m), m.canvas(), all[i], scale, colors));
    }
    return Optional.of(
        new Figure(new HeatmapRow(figures).panels(), alt, caption, name(shown.get(0)) + "/" + csv));
  }

  Optional<Figure> densityProfile() {
    List<ModelFindings> shown = e.models().stream().filter(m -> m.positions().isPresent()).toList();
    List<Line> lines =
        shown.stream().map(m -> density(name(m), m.positions().orElseThrow().profile())).toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Drawing drawing =
        Charts.profile(
            "Density from the border inwards",
            EDGE_RANK,
            "density (times chance)",
            lines,
            1,
            "chance");
    return Optional.of(
        Figure.of(
            drawing,
            "Density of evolved pixels by edge rank, with 95 % intervals",
            "Area-corrected: 1 means as many pixels as that part of the canvas would get by chance. Bands are 95 % intervals of the mean over runs.",
            name(shown.get(0)) + "/density_profile.csv"));
  }

  private static Line density(String name, DensityProfile profile) {
    List<DensityProfile.Bin> bins = profile.bins();
    double[] y = bins.stream().mapToDouble(DensityProfile.Bin::density).toArray();
    double[] low =
        bins.stream().mapToDouble(b -> Math.max(0, b.ciLow().orElse(b.density()))).toArray();
    double[] high = bins.stream().mapToDouble(b -> b.ciHigh().orElse(b.density())).toArray();
    return new Line(
        name,
        middles(bins.stream().map(DensityProfile.Bin::where).toList()),
        y,
        new Band(low, high));
  }

  Figure probeProfile() {
    List<Line> lines =
        e.models().stream()
            .map(
                m ->
                    new Line(
                        name(m),
                        middles(m.probeProfile().bins().stream().map(b -> b.where()).toList()),
                        m.probeProfile().bins().stream().mapToDouble(b -> b.meanDelta()).toArray()))
            .toList();
    Drawing drawing =
        Charts.profile(
            "One black pixel, from the border inwards",
            EDGE_RANK,
            "mean Δlogit of not-cat",
            lines,
            0,
            "no effect");
    return Figure.of(
        drawing,
        "Mean effect of one black pixel by edge rank",
        "Above 0, a black pixel there makes the image less cat-like; below 0, more.",
        firstName() + "/probe_profile.csv");
  }

  Figure gradientProfile() {
    List<Line> lines =
        e.models().stream()
            .map(
                m ->
                    new Line(
                        name(m),
                        middles(m.gradientProfile().bins().stream().map(b -> b.where()).toList()),
                        m.gradientProfile().bins().stream()
                            .mapToDouble(b -> b.relative().orElse(0))
                            .toArray()))
            .toList();
    Drawing drawing =
        Charts.profile(
            "Gradient strength, from the border inwards",
            EDGE_RANK,
            "mean |gradient|, relative",
            lines,
            1,
            "map's mean");
    return Figure.of(
        drawing,
        "Mean absolute gradient by edge rank, relative to the map's mean",
        "How strongly the logit depends on pixels there, relative to the whole map of the same model.",
        firstName() + "/gradient_profile.csv");
  }

  private static double[] middles(List<EdgeBin> bins) {
    return bins.stream().mapToDouble(EdgeBin::middle).toArray();
  }

  /** Every run's edge index: each model, each model with swapped padding, the flat control. */
  Figure arms() {
    List<Arm> arms = new ArrayList<>();
    for (ModelFindings m : e.models()) {
      arm(name(m), indices(m.runs())).ifPresent(arms::add);
      Optional<PaddingSwap> swap = m.padding();
      swap.flatMap(s -> arm(name(m) + ", " + s.to() + " padding", indices(s.runs())))
          .ifPresent(arms::add);
    }
    double[] flat = e.operators().edgeIndices().stream().mapToDouble(Double::doubleValue).toArray();
    arm("flat fitness (operators alone)", flat).ifPresent(arms::add);
    Drawing drawing =
        Charts.strip(
            "Edge index of every run", "edge index E", arms, 0.5, "chance", "95 % interval");
    return Figure.of(
        drawing,
        "Edge index of every run by arm, with mean and 95 % interval, against one half",
        "A dot a run. Left of ½: nearer the edge than chance; right of it: nearer the centre.",
        "arms.csv");
  }

  private static double[] indices(List<RunResult> runs) {
    return runs.stream()
        .map(RunResult::edgeIndex)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  private Optional<Arm> arm(String name, double[] runs) {
    if (runs.length < 2) {
      return Optional.empty();
    }
    double mean = Summary.of(runs).mean();
    SplitMix64 random = SplitMix64.stream(e.options().seed(), "arm " + name, 0);
    Interval interval = Bootstrap.standard().mean(runs, random);
    return Optional.of(
        new Arm(name, runs, mean, Math.min(mean, interval.low()), Math.max(mean, interval.high())));
  }

  private String firstName() {
    return name(e.models().get(0));
  }

  private static String name(ModelFindings m) {
    return m.model().name();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
