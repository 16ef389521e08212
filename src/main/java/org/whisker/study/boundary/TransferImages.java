package org.whisker.study.boundary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.boundary.Relation;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.PictureReader;
import org.whisker.table.TransferFiles;

/** The images that models score, and the control beside each set of evolved ones. */
public final class TransferImages {
  static final String SCATTERED = ", places at random";

  private final List<String> names;
  private final int perGroup;
  private final long seed;
  private final Map<Canvas, List<PictureGroup>> sizes = new LinkedHashMap<>();

  /**
   * @param perGroup how many images of a folder are drawn
   * @param seed of the drawing and of the control
   */
  public TransferImages(List<String> names, int perGroup, long seed) {
    this.names = List.copyOf(names);
    this.perGroup = perGroup;
    this.seed = seed;
  }

  /** The images at the size that a model takes; read once a size. */
  public List<PictureGroup> at(Canvas canvas) throws IOException {
    List<PictureGroup> read = sizes.get(canvas);
    if (read == null) {
      read = new PictureReader("IMAGES", canvas, perGroup, seed).read(names);
      sizes.put(canvas, read);
    }
    return read;
  }

  /** One model's scores, in the order of {@link #sources}. */
  public List<Transfer> score(TransferTarget target, Classifier classifier, ModelStore store)
      throws IOException {
    List<Transfer> column = new ArrayList<>();
    String name = target.name() + " " + target.label();
    for (PictureGroup group : at(classifier.canvas())) {
      Relation relation = target.relation(group, store);
      column.add(Transfer.of(classifier, group.name(), name, relation, group.rasters()));
      if (group.evolved()) {
        List<Raster> control = scattered(group);
        column.add(Transfer.of(classifier, group.name() + SCATTERED, name, Relation.NONE, control));
      }
    }
    return column;
  }

  private List<Raster> scattered(PictureGroup group) {
    List<Raster> images = group.rasters();
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                Transfer.scattered(
                    images.get(i),
                    group.tones(),
                    SplitMix64.stream(seed, "places at random " + group.name(), i)))
        .toList();
  }

  /** The rows of the matrix: each set of images, and its control. */
  public List<TransferFiles.Source> sources(Canvas canvas) throws IOException {
    List<TransferFiles.Source> sources = new ArrayList<>();
    for (PictureGroup group : at(canvas)) {
      List<String> files = group.pictures().stream().map(PictureGroup.Picture::file).toList();
      sources.add(new TransferFiles.Source(group.name(), files));
      if (group.evolved()) {
        sources.add(new TransferFiles.Source(group.name() + SCATTERED, files));
      }
    }
    return sources;
  }
}
