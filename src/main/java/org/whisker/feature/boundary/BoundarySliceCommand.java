package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.whisker.boundary.Slice;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary slice}: p(cat) over the plane through three pictures. */
@Command(
    name = "slice",
    description = {
      "Scores the plane through three pictures, in gray levels, and draws where p(cat) is ½.",
      "Writes slice.csv (one row per grid point), p_cat.npy, logit.npy, contour.csv, points.csv,"
          + " slice.png, slice.svg. A picture is an image file, white, an output folder of evolve"
          + " (its best run), or the folder of one run; photos are converted to gray."
    },
    footer = {
      "",
      "x runs from A to B, y is orthogonal to it, both in root-mean-square gray levels",
      "(white and black are 1 apart), each stretched to fill the square. Outside the",
      "triangle, some grays would lie beyond black or white: they are clamped, and",
      "such places are hatched.",
      "",
      "Examples:",
      "  whisker boundary slice --model vgg16-mini --points white my-run docs/cat.png",
      "  whisker boundary slice --model vgg16-mini --points run/runs/1 run/runs/2 \\",
      "      white --grid 201 --margin 0.5"
    })
final class BoundarySliceCommand extends JobCommand<SliceConfig, SliceJob.Result> {
  BoundarySliceCommand(Environment environment) {
    super(environment, SliceConfig.class, Extra.CHARTS);
  }

  @Override
  protected ResumableJob<SliceConfig, SliceJob.Result> job(JobContext context) {
    return new SliceJob(context);
  }

  @Override
  protected Optional<Path> shown(SliceJob.Result result) {
    return Optional.of(result.folder());
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Slice.NamedCorner.TABLE);
  }

  @Override
  protected int say(SliceJob.Result result) {
    environment().out().print(summary(result));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static String summary(SliceJob.Result result) {
    Slice slice = result.slice();
    int lines = slice.contours().size();
    return TextTable.of(Slice.NamedCorner.TABLE, result.points())
        + format("%d line%s of p(cat) = ½; ", lines, lines == 1 ? "" : "s")
        + format("%.0f %% of the places are cats, ", 100 * slice.cats())
        + format("%.0f %% have clamped grays\n", 100 * (1 - slice.inside()));
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
