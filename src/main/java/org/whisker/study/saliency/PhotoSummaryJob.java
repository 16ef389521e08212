package org.whisker.study.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBin;
import org.whisker.image.EdgeBins;
import org.whisker.io.JsonFile;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attributions;
import org.whisker.saliency.EdgeContrast;
import org.whisker.saliency.Method;
import org.whisker.saliency.PhotoMaps;
import org.whisker.saliency.SaliencyMap;
import org.whisker.study.JobContext;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.input.BadInputs;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.PictureReader;
import org.whisker.study.input.PictureSize;
import org.whisker.table.saliency.EdgeContrastRow;
import org.whisker.table.saliency.MapEdgeRow;
import org.whisker.table.saliency.MeanProfileRow;
import org.whisker.table.saliency.PhotoMapRow;
import org.whisker.torch.Classifiers;

/**
 * Explains many photos and keeps no map: only where maps are strong, from the border to the centre,
 * as means over the photos with intervals, by group of photos (such as cats and others) and by
 * model. Its folder gets {@code photos.csv}, {@code mean_profiles.csv}, {@code edge_index.csv},
 * {@code contrasts.csv} and {@code manifest.json}. With one seed, all models see the same photos.
 */
public final class PhotoSummaryJob {
  private final JobContext context;

  /** A job that tells the context's listener how it goes. */
  public PhotoSummaryJob(JobContext context) {
    this.context = context;
  }

  /**
   * What came of it.
   *
   * @param edges a row a model, group and method
   * @param contrasts between groups, and between models
   */
  public record Result(Path folder, List<MapEdgeRow> edges, List<EdgeContrastRow> contrasts) {
    public Result {
      edges = List.copyOf(edges);
      contrasts = List.copyOf(contrasts);
    }
  }

  /** The maps of one cell of the table. */
  private record Cell(PhotoMaps maps, int made, List<EdgeBin> bins) {}

  /**
   * Makes the tables.
   *
   * @param models by name or path; each is run as the configuration says, whose own model is
   *     ignored
   * @param out the folder to write, new or empty; by default a new one in {@code analyses/}
   * @throws IOException when a model or all images can't be read
   */
  public Result run(SaliencyConfig config, List<String> models, Optional<Path> out)
      throws IOException {
    if (out.isPresent()) {
      OutputFolder.check(out.get());
    }
    List<Cell> cells = new ArrayList<>();
    List<Map<String, Object>> opened = new ArrayList<>();
    List<StoredModel> stored = new ArrayList<>();
    for (String model : models) {
      stored.add(Models.open(new ModelStore(context.home().models()), model));
    }
    for (StoredModel model : stored) {
      cells.addAll(of(config, model));
      opened.add(
          Provenance.manifest("saliency --summary", context, model.card(), config.running()));
    }
    Path folder =
        OutputFolder.create(out, context.home().analyses(), "saliency-summary", context.clock());
    Result result = write(folder, cells, config.seed());
    Map<String, Object> manifest = new LinkedHashMap<>(opened.get(0));
    manifest.put("models", opened.stream().map(each -> each.get("model")).toList());
    manifest.remove("model");
    manifest.put("images", config.images());
    manifest.put("per_group", config.perGroup());
    manifest.put("methods", config.methods());
    manifest.put("seed", config.seed());
    JsonFile.write(folder.resolve("manifest.json"), manifest);
    context.listener().tablesWritten(folder);
    return result;
  }

  private List<Cell> of(SaliencyConfig config, StoredModel model) throws IOException {
    try (DifferentiableClassifier classifier = Classifiers.openAny(model, config.running())) {
      List<PictureGroup> groups = read(config, classifier.canvas());
      PictureGroup.noteResized(groups, context);
      SaliencySettings settings = config.settings().on(classifier, config.seed(), config.resize());
      List<Cell> cells = new ArrayList<>();
      int total = groups.stream().mapToInt(group -> group.pictures().size()).sum();
      try (Progress progress =
          context.progress(model.card().name(), (long) total * config.chosen().size())) {
        AtomicLong done = new AtomicLong();
        for (PictureGroup group : groups) {
          for (Method method : config.chosen()) {
            Explained explained =
                new Explained(model.card().name(), classifier, settings, group, config.batch());
            explained
                .by(method, () -> progress.stepTo(done.incrementAndGet()))
                .ifPresent(cells::add);
          }
        }
      }
      return cells;
    }
  }

  private List<PictureGroup> read(SaliencyConfig config, Canvas canvas) throws IOException {
    BadInputs bad = new BadInputs(true);
    PictureSize size = new PictureSize(canvas, config.resize());
    List<PictureGroup> groups =
        new PictureReader("--images", size, config.perGroup(), config.seed(), bad)
            .read(config.images());
    bad.leftOut().forEach(context::warn);
    return groups;
  }

  /** The pictures of a group on a model. */
  private final class Explained {
    private final String model;
    private final DifferentiableClassifier classifier;
    private final SaliencySettings settings;
    private final PictureGroup group;
    private final int batch;

    Explained(
        String model,
        DifferentiableClassifier classifier,
        SaliencySettings settings,
        PictureGroup group,
        int batch) {
      this.model = model;
      this.classifier = classifier;
      this.settings = settings;
      this.group = group;
      this.batch = batch;
    }

    /** Empty where the method can't be used on these pictures, which is noted. */
    Optional<Cell> by(Method method, Runnable tick) {
      List<PhotoMaps.Photo> photos = new ArrayList<>();
      float[] logits = classifier.logits(group.rasters());
      for (int i = 0; i < logits.length; i++) {
        PictureGroup.Picture picture = group.pictures().get(i);
        Optional<String> obstacle = method.obstacle(classifier, picture.raster());
        if (obstacle.isPresent()) {
          context.note(group.name() + ": " + obstacle.get());
          return Optional.empty();
        }
        SaliencyMap map =
            new Attributions(
                    classifier,
                    settings.of(picture.raster(), group.tones()),
                    batch,
                    done -> {},
                    () -> false)
                .of(method, picture.raster())
                .orElseThrow()
                .map();
        PhotoMaps.Photo.of(picture.file(), logits[i], map, EdgeBins.DEFAULT_PARTS)
            .ifPresent(photos::add);
        tick.run();
      }
      return Optional.of(
          new Cell(
              new PhotoMaps(model, group.name(), method.label(), photos),
              logits.length,
              EdgeBins.of(classifier.canvas()).bins()));
    }
  }

  private static Result write(Path folder, List<Cell> cells, long seed) throws IOException {
    List<PhotoMapRow> photos = new ArrayList<>();
    List<MeanProfileRow> profiles = new ArrayList<>();
    List<MapEdgeRow> edges = new ArrayList<>();
    for (Cell cell : cells) {
      SplitMix64 random = SplitMix64.stream(seed, "saliency of photos", edges.size());
      photos.addAll(PhotoMapRow.of(cell.maps));
      profiles.addAll(MeanProfileRow.of(cell.maps, cell.bins));
      edges.add(MapEdgeRow.of(cell.maps, cell.made, cell.maps.edgeIndex(random)));
    }
    List<EdgeContrastRow> contrasts =
        EdgeContrast.all(cells.stream().map(Cell::maps).toList(), seed).stream()
            .map(EdgeContrastRow::of)
            .toList();
    PhotoMapRow.TABLE.write(folder.resolve(PhotoMapRow.FILE), photos);
    MeanProfileRow.TABLE.write(folder.resolve(MeanProfileRow.FILE), profiles);
    MapEdgeRow.TABLE.write(folder.resolve(MapEdgeRow.FILE), edges);
    EdgeContrastRow.TABLE.write(folder.resolve(EdgeContrastRow.FILE), contrasts);
    return new Result(folder, edges, contrasts);
  }
}
