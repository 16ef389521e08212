package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.whisker.boundary.Slice;
import org.whisker.chart.boundary.SliceChart;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.NewFolder;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.TextTable;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.SliceConfig;
import org.whisker.study.boundary.SliceJob;
import org.whisker.table.boundary.SlicePointRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker boundary slice}: p(cat) over the plane through three pictures. */
@Command(
    name = "slice",
    description = {
      "Scores the plane through three pictures, in gray levels, and draws where p(cat) is ½.",
      "Writes slice.csv (one row per grid point), p_cat.npy, logit.npy, contour.csv, points.csv,"
          + " slice.png, slice.svg. A picture is an image file, white, an output folder of evolve"
          + " (its best run), or the folder of one run; photos are converted to gray."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "x runs from A to B, y is orthogonal to it, both in root-mean-square gray levels",
      "(white and black are 1 apart), each stretched to fill the square. Outside the",
      "triangle, some grays would lie beyond black or white: they are clamped, and",
      "such places are hatched.",
      "",
      "Examples:",
      "  whisker boundary slice --model vgg16-mini --points white my-run cat.jpg",
      "  whisker boundary slice --model vgg16-mini --points run/runs/1 run/runs/2 \\",
      "      white --grid 201 --margin 0.5"
    })
final class BoundarySliceCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();

  @Option(
      names = "--points",
      required = true,
      arity = "3",
      paramLabel = "A B C",
      hideParamSyntax = true,
      description = "The three pictures.")
  private List<String> points = List.of();

  @Option(
      names = "--grid",
      paramLabel = "N",
      defaultValue = "101",
      description = "N by N grid points are scored. Default: 101.")
  private int size = 101;

  @Option(
      names = "--margin",
      paramLabel = "M",
      defaultValue = "0.25",
      description =
          "How far the grid reaches beyond the triangle, as a fraction of its width and height."
              + " Default: 0.25.")
  private double margin = 0.25;

  @Mixin private final NewFolder output = new NewFolder();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundarySliceCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    SliceConfig config =
        InvalidRequestException.check(
            () ->
                new SliceConfig(
                    new ModelConfig(model.name(), running.config()),
                    points,
                    size,
                    margin,
                    resize.get()));
    SliceJob.Result result =
        new SliceJob(environment.context(common, charts)).run(config, output.asked());
    SliceChart.write(result.folder(), result.pictures());
    environment.out().print(summary(result));
    environment.out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static String summary(SliceJob.Result result) {
    Slice slice = result.slice();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("POINT", "IMAGE", "X", "Y", "P(CAT)"));
    for (SlicePointRow point : result.points()) {
      rows.add(
          List.of(
              point.point(),
              point.image(),
              format("%.4f", point.x()),
              format("%.4f", point.y()),
              format("%.4f", point.pCat())));
    }
    int lines = slice.contours().size();
    return TextTable.of(rows)
        + format("%d line%s of p(cat) = ½; ", lines, lines == 1 ? "" : "s")
        + format("%.0f %% of the places are cats, ", 100 * slice.cats())
        + format("%.0f %% have clamped grays\n", 100 * (1 - slice.inside()));
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
