package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Contour;
import org.whisker.boundary.PixelOrders;
import org.whisker.boundary.Slice;
import org.whisker.boundary.Slice.SliceGrid;
import org.whisker.boundary.SlicePlane;
import org.whisker.boundary.StoredPictures;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;
import org.whisker.io.Npy;
import org.whisker.io.ShownText.ShortPath;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup.Picture;
import org.whisker.job.input.SinglePicture;

/**
 * Scores the plane through three pictures. Its folder gets {@code slice.csv} (a row a grid point),
 * the same as matrices in float64 ({@code p_cat.npy}, {@code logit.npy}), {@code contour.csv} and
 * {@code points.csv}.
 */
public final class SliceJob implements ResumableJob<SliceConfig, SliceJob.Result> {
  /** Name of the command in manifests. */
  public static final String COMMAND = "boundary slice";

  private static final List<String> DECISIVE =
      List.of("command", "model", "device", "precision", "points");

  static final String POINTS = "--points";

  private final JobContext context;

  public SliceJob(JobContext context) {
    this.context = context;
  }

  /**
   * The result.
   *
   * @param points A, B and C
   * @param pictures these three
   */
  public record Result(
      Path folder, Slice slice, List<Slice.NamedCorner> points, List<Raster> pictures) {
    public Result {
      points = List.copyOf(points);
      pictures = List.copyOf(pictures);
    }
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<SliceConfig> type() {
    return SliceConfig.class;
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
        Picture picture = SinglePicture.read(POINTS, point, model.classifier(), config.resize());
        SinglePicture.noteResized(picture, context);
        pictures.add(picture);
      }
      SlicePlane plane = plane(pictures);
      Map<String, Object> content = model.manifest(COMMAND);
      content.put("points", pictures.stream().map(SinglePicture::describe).toList());
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
        slice.named(pictures.stream().map(picture -> ShortPath.of(picture.file())).toList());
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
    Slice.Place.TABLE.write(folder.resolve(Slice.Place.FILE), places);
    int size = slice.grid().size();
    double[] probabilities = places.stream().mapToDouble(Slice.Place::catProbability).toArray();
    double[] logits = places.stream().mapToDouble(Slice.Place::logit).toArray();
    Npy.write(folder.resolve("p_cat.npy"), size, size, probabilities);
    Npy.write(folder.resolve("logit.npy"), size, size, logits);
    Contour.Vertex.TABLE.write(folder.resolve(Contour.Vertex.FILE), Contour.Vertex.of(slice));
    Slice.NamedCorner.TABLE.write(folder.resolve(Slice.NamedCorner.FILE), points);
  }
}
