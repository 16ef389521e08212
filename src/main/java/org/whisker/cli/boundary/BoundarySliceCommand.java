package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.whisker.boundary.PixelOrders;
import org.whisker.boundary.Slice;
import org.whisker.boundary.SliceGrid;
import org.whisker.boundary.SlicePlane;
import org.whisker.chart.SliceFiles;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.NewFolder;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.TextTable;
import org.whisker.image.Raster;
import org.whisker.io.JsonFile;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.SinglePicture;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
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
  private static final int BATCH = 100;
  private static final String POINTS = "--points";

  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();

  @Option(
      names = POINTS,
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
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundarySliceCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    InvalidRequestException.refuse(
        points.size() != 3, "%s takes 3 pictures, were %d".formatted(POINTS, points.size()));
    // the same checks as for the real grid, before anything takes time
    InvalidRequestException.check(
        () ->
            SliceGrid.around(
                List.of(new SlicePlane.Point(0, 0), new SlicePlane.Point(1, 1)), margin, size));
    TorchClassifier.Settings settings = running.settings(BATCH);
    StoredModel stored = model.open(environment.home());
    try (Classifier classifier = Classifiers.openAny(stored, settings)) {
      List<PictureGroup.Picture> pictures = new ArrayList<>();
      for (String point : points) {
        pictures.add(SinglePicture.read(POINTS, point, classifier));
      }
      SlicePlane plane = plane(pictures);
      SliceGrid grid = SliceGrid.around(plane.points(), margin, size);
      Path folder = output.folder(environment, "slice-" + stored.card().name());
      Slice slice = score(classifier, pictures, plane, grid);
      List<String> names = pictures.stream().map(SinglePicture::shortName).toList();
      SliceFiles.write(folder, stored.card().name(), names, rasters(pictures), slice);
      JsonFile.write(folder.resolve("manifest.json"), manifest(stored, settings, pictures, slice));
      environment.out().print(summary(names, slice));
      environment.out().println("written to " + folder);
    }
    return ExitCode.OK;
  }

  private static List<Raster> rasters(List<PictureGroup.Picture> pictures) {
    return pictures.stream().map(PictureGroup.Picture::raster).toList();
  }

  private static SlicePlane plane(List<PictureGroup.Picture> pictures) {
    for (int i = 0; i < 3; i++) {
      PictureGroup.Picture one = pictures.get(i);
      PictureGroup.Picture other = pictures.get((i + 1) % 3);
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
      Classifier classifier,
      List<PictureGroup.Picture> pictures,
      SlicePlane plane,
      SliceGrid grid) {
    try (Progress progress = ConsoleProgress.start(environment, common, "places", grid.places())) {
      return Slice.of(classifier, rasters(pictures), plane, grid, BATCH, progress::stepTo);
    }
  }

  private Map<String, Object> manifest(
      StoredModel stored,
      TorchClassifier.Settings settings,
      List<PictureGroup.Picture> pictures,
      Slice slice) {
    Map<String, Object> manifest =
        Provenance.manifest("boundary slice", environment.context(common), stored.card(), settings);
    manifest.put("points", pictures.stream().map(SinglePicture::describe).toList());
    manifest.put("grid", size);
    manifest.put("margin", margin);
    manifest.put("contours", slice.contours().size());
    manifest.put("share_unclamped", slice.inside());
    return manifest;
  }

  private static String summary(List<String> names, Slice slice) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("POINT", "IMAGE", "X", "Y", "P(CAT)"));
    for (int i = 0; i < names.size(); i++) {
      Slice.Corner corner = slice.points().get(i);
      rows.add(
          List.of(
              "ABC".substring(i, i + 1),
              names.get(i),
              format("%.4f", corner.at().x()),
              format("%.4f", corner.at().y()),
              format("%.4f", corner.catProbability())));
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
