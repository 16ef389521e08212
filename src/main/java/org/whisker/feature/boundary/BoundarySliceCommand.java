package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Contour;
import org.whisker.boundary.PixelOrders;
import org.whisker.boundary.Slice;
import org.whisker.boundary.Slice.SliceGrid;
import org.whisker.boundary.Slice.SlicePlane;
import org.whisker.boundary.StoredPictures;
import org.whisker.classifier.Classifier;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.BoundarySliceCommand.SliceConfig;
import org.whisker.feature.boundary.BoundarySliceCommand.SliceJob;
import org.whisker.image.Raster;
import org.whisker.io.ClassWords;
import org.whisker.io.Npy;
import org.whisker.io.ShownText;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup.Picture;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** {@code whisker boundary slice}: p(cat) over the plane through three pictures. */
@Command(
    name = "slice",
    description = {
      "Scores the plane through three pictures, in gray levels, and draws where p(cat) is ½.",
      "Writes slice.csv (one row per grid point), p_cat.npy, logit.npy, contour.csv, points.csv,"
          + " slice.png, slice.svg. A picture is an image file, white, an output folder of evolve"
          + " (its best run), or the folder of one run; a network that sees colours is shown photos"
          + " in them."
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
    super(environment, SliceConfig.class, SliceJob::new, Optional::of, Extra.CHARTS);
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
        + Text.of("%d line%s of p(cat) = ½; ", lines, lines == 1 ? "" : "s")
        + Text.of("%.0f %% of the places are cats, ", 100 * slice.cats())
        + Text.of("%.0f %% have clamped grays\n", 100 * (1 - slice.inside()));
  }

  /**
   * Scores the plane through three pictures. Its folder gets {@code slice.csv} (a row a grid
   * point), the same as matrices in float64 ({@code p_cat.npy}, {@code logit.npy}), {@code
   * contour.csv} and {@code points.csv}.
   */
  static final class SliceJob extends ResumableJob<SliceConfig, SliceJob.Result> {
    public static final String COMMAND = "boundary slice";

    private static final List<String> DECISIVE =
        List.of("command", "model", "device", "precision", "points");

    static final String POINTS = "--points";

    public SliceJob(JobContext context) {
      super(context, COMMAND, SliceConfig.class);
    }

    /**
     * The result.
     *
     * @param points A, B and C
     * @param pictures these three
     */
    public record Result(
        Path folder, Slice slice, List<Slice.NamedCorner> points, List<Raster> pictures)
        implements Outcome {
      public Result {
        points = List.copyOf(points);
        pictures = List.copyOf(pictures);
      }
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidRequestException when a picture is not there, or the three span no plane
     */
    @Override
    public Result run(SliceConfig config, JobFolder.Place place) throws IOException {
      try (OpenedModel model = OpenedModel.open(config.model(), context)) {
        List<Picture> pictures = new ArrayList<>();
        for (String point : config.points()) {
          Picture picture =
              PictureReader.readSingle(POINTS, point, model.classifier(), config.resize());
          PictureReader.noteResized(picture, context);
          pictures.add(picture);
        }
        SlicePlane plane = plane(pictures);
        Map<String, Object> content = model.manifest(COMMAND);
        content.put("points", pictures.stream().map(PictureReader::describe).toList());
        return JobFolder.hold(
            context,
            place,
            model.job("slice", content, config, DECISIVE),
            folder -> cut(folder, model.classifier(), pictures, plane, config));
      }
    }

    private Result cut(
        JobFolder job,
        Classifier classifier,
        List<Picture> pictures,
        SlicePlane plane,
        SliceConfig config)
        throws IOException {
      job.begin();
      Path folder = job.folder();
      Slice slice = score(classifier, pictures, plane, config.around(plane));
      List<Slice.NamedCorner> points =
          slice.named(
              pictures.stream().map(picture -> ShownText.shortPath(picture.file())).toList());
      write(folder, slice, points);
      StoredPictures.write(folder.resolve(StoredPictures.CORNERS), rasters(pictures));
      Map<String, Object> more = new LinkedHashMap<>();
      config.describe(more, slice);
      job.finish(more);
      return new Result(folder, slice, points, rasters(pictures));
    }

    private static List<Raster> rasters(List<Picture> pictures) {
      return pictures.stream().map(Picture::raster).toList();
    }

    private static SlicePlane plane(List<Picture> pictures) {
      for (int i = 0; i < 3; i++) {
        Picture one = pictures.get(i);
        Picture other = pictures.get((i + 1) % 3);
        InvalidRequestException.refuse(
            PixelOrders.differing(one.raster(), other.raster()) == 0,
            "%s %s and %s are the same picture; name three different ones"
                .formatted(POINTS, one.file(), other.file()));
      }
      return InvalidRequestException.check(
          () ->
              SlicePlane.through(
                  pictures.get(0).raster(), pictures.get(1).raster(), pictures.get(2).raster()));
    }

    private Slice score(
        Classifier classifier, List<Picture> pictures, SlicePlane plane, SliceGrid grid) {
      try (Progress progress = context.progress("scoring places", grid.places())) {
        return Slice.of(
            classifier, rasters(pictures), plane, grid, OpenedModel.BATCH, progress::stepTo);
      }
    }

    private static void write(Path folder, Slice slice, List<Slice.NamedCorner> points)
        throws IOException {
      List<Slice.Place> places = slice.places();
      Slice.Place.TABLE.writeIn(folder, places);
      int size = slice.grid().size();
      double[] probabilities = places.stream().mapToDouble(Slice.Place::catProbability).toArray();
      double[] logits = places.stream().mapToDouble(Slice.Place::logit).toArray();
      Npy.write(
          folder.resolve(ClassWords.of(folder).column("p_cat") + ".npy"),
          size,
          size,
          probabilities);
      Npy.write(folder.resolve("logit.npy"), size, size, logits);
      Contour.Vertex.TABLE.writeIn(folder, Contour.Vertex.of(slice));
      Slice.NamedCorner.TABLE.writeIn(folder, points);
    }
  }

  /**
   * What decides a slice.
   *
   * @param points the three pictures: image files, {@code white}, output folders of evolve (their
   *     best run), or folders of one run
   * @param resize whether pictures of two grays and another size are resized
   */
  record SliceConfig(
      ModelConfig model,
      @Option(
              needed = true,
              names = "--points",
              arity = "3",
              label = "A B C",
              help = "The three pictures.")
          List<String> points,
      @Option(
              names = "--grid",
              label = "N",
              defaultValue = "101",
              help = "N by N grid points are scored.")
          int size,
      @Option(
              names = "--margin",
              label = "M",
              defaultValue = "0.25",
              help =
                  "How far the grid reaches beyond the triangle, as a fraction of its width and"
                      + " height.")
          double margin,
      @Resize boolean resize) {

    public SliceConfig {
      points = List.copyOf(points);
      Checks.refuse(
          points.size() != 3, "%s takes 3 pictures, were %d", SliceJob.POINTS, points.size());
      // the same checks as for the real grid, before anything takes time
      grid(List.of(new SlicePlane.Point(0, 0), new SlicePlane.Point(1, 1)), margin, size);
    }

    /** Creates a slice of photos and of pictures of the model's size. */
    public SliceConfig(ModelConfig model, List<String> points, int size, double margin) {
      this(model, points, size, margin, false);
    }

    /** The default options, with the usual grid. */
    public static SliceConfig of(ModelConfig model, List<String> points) {
      return Options.of(SliceConfig.class).defaults(model, points);
    }

    void describe(Map<String, Object> manifest, Slice found) {
      manifest.put("grid", size);
      manifest.put("margin", margin);
      manifest.put("contours", found.contours().size());
      manifest.put("share_unclamped", found.inside());
    }

    SliceGrid around(SlicePlane plane) {
      return grid(plane.points(), margin, size);
    }

    private static SliceGrid grid(List<SlicePlane.Point> points, double margin, int size) {
      return SliceGrid.around(points, margin, size);
    }
  }
}
