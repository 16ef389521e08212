package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.saliency.MethodConfig.SaliencySettings;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.Raster;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.job.input.PictureSize;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Method;
import org.whisker.saliency.PhotoMaps;
import org.whisker.saliency.PhotoMaps.Contrast;
import org.whisker.saliency.result.PhotoMapRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Explains many photos and keeps no map: only where maps are strong, from the border to the centre,
 * as means over the photos with intervals, by group of photos (such as cats and others) and by
 * model. Its folder gets {@code photos.csv}, a row a map, {@code mean_profiles.csv}, {@code
 * edge_index.csv}, {@code contrasts.csv} and {@code manifest.json}. With one seed, all models see
 * the same photos. However it is cut short, it can be gone on with; maps that have a row are not
 * made again.
 *
 * <p>A configuration may name several models, separated by commas.
 */
final class PhotoSummaryJob extends ResumableJob<SaliencyConfig, PhotoSummaryJob.Result> {
  static final String COMMAND = "saliency --summary";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "models",
          "precision",
          "device",
          "images",
          "per_group",
          "pixels_crc32",
          "methods",
          "settings",
          "seed");

  /** A job that tells the context's listener how it goes. */
  public PhotoSummaryJob(JobContext context) {
    super(context, COMMAND, SaliencyConfig.class);
  }

  /**
   * The result of a summary.
   *
   * @param done whether all maps are made; otherwise the job was stopped
   * @param edges a row a model, group and method; empty until done
   * @param contrasts between groups, and between models; empty until done
   */
  public record Result(
      Path folder, boolean done, List<PhotoMapRow.EdgeIndexRow> edges, List<Contrast> contrasts) {
    public Result {
      edges = List.copyOf(edges);
      contrasts = List.copyOf(contrasts);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when a model or all images can't be read
   */
  @Override
  public Result run(SaliencyConfig config, JobFolder.Place place) throws IOException {
    place.check();
    PhotoPlan plan = PhotoPlan.of(config, config.models(), context);
    return JobFolder.hold(context, place, job(config, plan), folder -> make(folder, config, plan));
  }

  private Result make(JobFolder folder, SaliencyConfig config, PhotoPlan plan) throws IOException {
    List<PhotoPlan.Task> tasks = plan.tasks();
    boolean done;
    try (PhotoMapsMaker maker = new PhotoMapsMaker(tasks, config.running())) {
      done = folder.fill("maps", PhotoMapRow.TABLE, PhotoMapRow.FILE, tasks.size(), maker);
    }
    return done
        ? summarise(folder, plan, config.seed())
        : new Result(folder.folder(), false, List.of(), List.of());
  }

  private Result summarise(JobFolder job, PhotoPlan plan, long seed) throws IOException {
    Path folder = job.folder();
    List<PhotoMapRow> rows = PhotoMapRow.TABLE.read(folder.resolve(PhotoMapRow.FILE));
    PhotoSummaryTables tables = PhotoSummaryTables.of(plan, rows, seed);
    tables.write(folder);
    job.finish(Map.of());
    return new Result(folder, true, tables.edges(), tables.contrasts());
  }

  private JobFolder.Job job(SaliencyConfig config, PhotoPlan plan) {
    List<Map<String, Object>> begun = new ArrayList<>();
    for (PhotoPlan.OfModel model : plan.models()) {
      begun.add(Provenance.manifest(COMMAND, context, model.stored().card(), config.running()));
    }
    Map<String, Object> content = new LinkedHashMap<>(begun.get(0));
    content.put("models", begun.stream().map(each -> each.get("model")).toList());
    content.remove("model");
    plan.describe(config, content);
    content.put("seed", config.seed());
    return new JobFolder.Job(
        context.home().analyses(), "saliency-summary", content, config, DECISIVE);
  }

  /**
   * What the maps of many photos come to, from the rows of {@code photos.csv}.
   *
   * @param profiles a row a bin of each model, group and method
   * @param edges a row a model, group and method
   * @param contrasts between groups, and between models
   */
  private record PhotoSummaryTables(
      List<PhotoMapRow.MeanProfileRow> profiles,
      List<PhotoMapRow.EdgeIndexRow> edges,
      List<Contrast> contrasts) {
    /**
     * Summarises.
     *
     * @param rows one a map of the plan, in its order
     */
    static PhotoSummaryTables of(PhotoPlan plan, List<PhotoMapRow> rows, long seed) {
      List<PhotoMapRow.MeanProfileRow> profiles = new ArrayList<>();
      List<PhotoMapRow.EdgeIndexRow> edges = new ArrayList<>();
      List<PhotoMaps> all = new ArrayList<>();
      int from = 0;
      for (PhotoPlan.OfModel model : plan.models()) {
        for (PhotoPlan.Cell cell : model.cells()) {
          int made = model.groups().get(cell.group()).pictures().size();
          PhotoMaps maps = maps(model, cell, rows.subList(from, from + made));
          from += made;
          SplitMix64 random = SplitMix64.stream(seed, "saliency of photos", edges.size());
          profiles.addAll(PhotoMapRow.MeanProfileRow.of(maps, EdgeBins.of(model.canvas()).bins()));
          edges.add(PhotoMapRow.EdgeIndexRow.of(maps, made, maps.edgeIndex(random)));
          all.add(maps);
        }
      }
      return new PhotoSummaryTables(profiles, edges, Contrast.all(all, seed));
    }

    private static PhotoMaps maps(
        PhotoPlan.OfModel model, PhotoPlan.Cell cell, List<PhotoMapRow> rows) {
      return new PhotoMaps(
          model.name(),
          model.groups().get(cell.group()).name(),
          cell.method().label(),
          rows.stream().flatMap(row -> row.photo().stream()).toList());
    }

    void write(Path folder) throws IOException {
      PhotoMapRow.MeanProfileRow.TABLE.writeIn(folder, profiles);
      PhotoMapRow.EdgeIndexRow.TABLE.writeIn(folder, edges);
      Contrast.TABLE.writeIn(folder, contrasts);
    }
  }

  /** Makes the maps of a plan and keeps their profiles alone. One model is open at a time. */
  private static final class PhotoMapsMaker implements JobFolder.Work<PhotoMapRow>, AutoCloseable {
    private final List<PhotoPlan.Task> tasks;
    private final TorchClassifier.Settings running;
    private @Nullable Opened opened;

    PhotoMapsMaker(List<PhotoPlan.Task> tasks, TorchClassifier.Settings running) {
      this.tasks = List.copyOf(tasks);
      this.running = running;
    }

    /**
     * A model in use.
     *
     * @param number the number of the model
     * @param logits the logits of its groups' photos, as they are needed
     */
    private record Opened(
        int number, DifferentiableClassifier classifier, Map<Integer, float[]> logits) {
      /** Scored together, so that they are the same wherever a job goes on. */
      float logit(PhotoPlan.Task task) {
        List<Raster> all = task.group().rasters();
        return logits
            .computeIfAbsent(task.cell().group(), group -> classifier.logits(all))[task.photo()];
      }
    }

    @Override
    public Optional<PhotoMapRow> row(int number, Progress progress, BooleanSupplier stopped)
        throws IOException {
      PhotoPlan.Task task = tasks.get(number);
      Opened with = open(task);
      String method = task.cell().method().label();
      progress.extraMessage(
          "%s, %s, %s".formatted(task.model().name(), task.group().name(), method));
      float logit = with.logit(task);
      PhotoMapRow.Of of =
          new PhotoMapRow.Of(
              task.model().name(),
              task.group().name(),
              method,
              task.picture().file(),
              logit,
              Classifier.catProbability(logit));
      return explain(with.classifier, task, stopped)
          .map(
              found ->
                  PhotoMapRow.of(
                      of,
                      PhotoMaps.Photo.of(
                          of.file(), of.logit(), found.map(), EdgeBins.DEFAULT_PARTS)));
    }

    private Optional<Attribution> explain(
        DifferentiableClassifier classifier, PhotoPlan.Task task, BooleanSupplier stopped) {
      Raster raster = task.picture().raster();
      return new Attributions(
              classifier,
              task.model().settings().of(raster, task.group().tones()),
              running.batch(),
              done -> {},
              stopped)
          .of(task.cell().method(), raster);
    }

    private Opened open(PhotoPlan.Task task) throws IOException {
      Opened now = opened;
      if (now == null || now.number != task.number()) {
        close();
        now =
            new Opened(
                task.number(),
                Classifiers.openAny(task.model().stored(), running),
                new HashMap<>());
        opened = now;
      }
      return now;
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.classifier.close();
        opened = null;
      }
    }
  }

  /** Which maps a summary of photos is of, in the order of its table. */
  record PhotoPlan(List<OfModel> models) {
    /**
     * The maps of one model.
     *
     * @param settings the settings of the methods
     * @param groups the groups of photos of the model's size
     * @param cells group by group, method by method
     */
    record OfModel(
        StoredModel stored,
        Canvas canvas,
        SaliencySettings settings,
        List<PictureGroup> groups,
        List<Cell> cells) {
      OfModel {
        groups = List.copyOf(groups);
        cells = List.copyOf(cells);
      }

      String name() {
        return stored.card().name();
      }
    }

    /**
     * One method on all photos of a group.
     *
     * @param group its number among {@link OfModel#groups}
     */
    record Cell(int group, Method method) {}

    /**
     * A map to be made.
     *
     * @param number the number of the model
     */
    record Task(int number, OfModel model, Cell cell, int photo) {
      PictureGroup group() {
        return model.groups.get(cell.group);
      }

      PictureGroup.Picture picture() {
        return group().pictures().get(photo);
      }
    }

    PhotoPlan {
      models = List.copyOf(models);
    }

    /**
     * Opens each model once and reads the photos in its size; methods that can't be used on some of
     * a group are left out, which is noted.
     *
     * @param names the names of the models
     */
    static PhotoPlan of(SaliencyConfig config, List<String> names, JobContext context)
        throws IOException {
      List<StoredModel> stored = new ArrayList<>();
      for (String name : names) {
        stored.add(Models.open(new ModelStore(context.home().models()), name));
      }
      Map<PictureSize, List<PictureGroup>> read = new HashMap<>();
      List<OfModel> models = new ArrayList<>();
      for (StoredModel model : stored) {
        try (DifferentiableClassifier classifier = Classifiers.openAny(model, config.running())) {
          PictureSize size = PictureSize.of(classifier, config.resize());
          List<PictureGroup> groups = read.get(size);
          if (groups == null) {
            groups = read(config, size, context);
            read.put(size, groups);
          }
          models.add(
              new OfModel(
                  model,
                  size.canvas(),
                  config.settings().on(classifier, config.seed(), config.resize()),
                  groups,
                  cells(config.chosen(), classifier, groups, context)));
        }
      }
      return new PhotoPlan(models);
    }

    private static List<PictureGroup> read(
        SaliencyConfig config, PictureSize size, JobContext context) throws IOException {
      BadInputs bad = new BadInputs(true);
      List<PictureGroup> groups =
          new PictureReader("--images", size, config.perGroup(), config.seed(), bad)
              .read(config.images());
      bad.leftOut().forEach(context::warn);
      PictureGroup.noteResized(groups, context);
      return groups;
    }

    private static List<Cell> cells(
        List<Method> methods,
        Classifier classifier,
        List<PictureGroup> groups,
        JobContext context) {
      List<Cell> cells = new ArrayList<>();
      for (int group = 0; group < groups.size(); group++) {
        PictureGroup of = groups.get(group);
        for (Method method : methods) {
          Optional<String> obstacle =
              of.rasters().stream()
                  .flatMap(raster -> method.obstacle(classifier, raster).stream())
                  .findFirst();
          obstacle.ifPresent(why -> context.note(of.name() + ": " + why));
          if (obstacle.isEmpty()) {
            cells.add(new Cell(group, method));
          }
        }
      }
      return cells;
    }

    /** All maps, model by model, cell by cell, photo by photo. */
    List<Task> tasks() {
      List<Task> tasks = new ArrayList<>();
      for (int number = 0; number < models.size(); number++) {
        OfModel model = models.get(number);
        for (Cell cell : model.cells) {
          for (int photo = 0; photo < model.groups.get(cell.group).pictures().size(); photo++) {
            tasks.add(new Task(number, model, cell, photo));
          }
        }
      }
      return tasks;
    }

    /** What a manifest says of the photos, with a checksum of all pixels in each model's size. */
    void describe(SaliencyConfig config, Map<String, Object> manifest) {
      manifest.put("images", config.images());
      manifest.put("per_group", config.perGroup());
      manifest.put("groups", PictureGroup.describe(models.get(0).groups));
      manifest.put("pixels_crc32", models.stream().map(model -> crc(model.groups)).toList());
      manifest.put("methods", config.methods());
      manifest.put(
          "settings",
          models.stream().map(model -> config.settings().describe(model.settings)).toList());
    }

    private static String crc(List<PictureGroup> groups) {
      CRC32 all = new CRC32();
      for (PictureGroup.Member each : PictureGroup.members(groups)) {
        all.update(
            (PictureSize.crc(each.picture().raster()) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      return Long.toHexString(all.getValue());
    }
  }
}
