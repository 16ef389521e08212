package org.whisker.feature.boundary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.job.input.PictureGroup;
import org.whisker.random.SplitMix64;

/** The images that models score, and the control beside each set of evolved ones. */
final class TransferImages {
  private static final String SCATTERED = ", places at random";

  private final ImageChoice images;
  private final long seed;
  private final Map<Canvas, List<PictureGroup>> sizes = new LinkedHashMap<>();

  /** The seed is of the drawing and of the control. */
  TransferImages(ImageChoice images, long seed) {
    this.images = images;
    this.seed = seed;
  }

  /** The images at the size that a model takes; read once a size. */
  List<PictureGroup> at(Canvas canvas) throws IOException {
    List<PictureGroup> read = sizes.get(canvas);
    if (read == null) {
      read = images.read(canvas, seed);
      sizes.put(canvas, read);
    }
    return read;
  }

  /** One model's scores, in the order of {@link #files}. */
  List<Transfer> score(TransferTarget target, Classifier classifier, ModelStore store)
      throws IOException {
    List<Transfer> column = new ArrayList<>();
    String name = target.name() + " " + target.label();
    for (PictureGroup group : at(classifier.canvas())) {
      Transfer.Relation relation = target.relation(group, store);
      column.add(Transfer.of(classifier, group.name(), name, relation, group.rasters()));
      if (group.evolved()) {
        List<Raster> control = scattered(group);
        column.add(
            Transfer.of(
                classifier, group.name() + SCATTERED, name, Transfer.Relation.NONE, control));
      }
    }
    return column;
  }

  private List<Raster> scattered(PictureGroup group) {
    List<Raster> rasters = group.rasters();
    return IntStream.range(0, rasters.size())
        .mapToObj(
            i ->
                Transfer.scattered(
                    rasters.get(i),
                    group.tones(),
                    SplitMix64.stream(seed, "places at random " + group.name(), i)))
        .toList();
  }

  /** The files of each set of images, and again of its control. */
  List<List<String>> files(Canvas canvas) throws IOException {
    List<List<String>> sources = new ArrayList<>();
    for (PictureGroup group : at(canvas)) {
      List<String> files = group.pictures().stream().map(PictureGroup.Picture::file).toList();
      sources.add(files);
      if (group.evolved()) {
        sources.add(files);
      }
    }
    return sources;
  }
}
