package org.whisker.feature.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Scores images evolved on one model by others. Its folder gets {@code transfer.csv}, a row a set
 * of images and model, and {@code transfer-images.csv}.
 */
final class TransferJob extends ResumableJob<TransferConfig, TransferJob.Result> {
  public static final String COMMAND = "boundary transfer";

  private static final List<String> DECISIVE =
      List.of("command", "models", "device", "precision", "images", "seed");

  public TransferJob(JobContext context) {
    super(context, COMMAND, TransferConfig.class);
  }

  /** The result, set by set. */
  public record Result(Path folder, List<Transfer.Summary> rows) implements Outcome {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when no model can score the images; there is no folder then
   */
  @Override
  public Result run(TransferConfig config, JobFolder.Place place) throws IOException {
    place.check();
    TorchClassifier.Settings settings = config.running().settings(OpenedModel.BATCH);
    ModelStore store = new ModelStore(context.home().models());
    List<TransferTarget> targets = targets(config, store);
    TransferImages images = new TransferImages(config.images(), config.seed());
    for (TransferTarget target : targets) {
      images.at(target.canvas()); // refused before there is a folder
    }
    TransferScoring scoring = score(targets, images, settings, store);
    if (scoring.targets().isEmpty()) {
      throw new IOException(
          "no model could score the images (the notes above say why); name others by --models");
    }
    Map<String, Object> content = manifest(scoring.targets(), images, settings);
    content.put("seed", config.seed());
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(context.home().analyses(), "transfer", content, config, DECISIVE),
        folder -> write(folder, scoring, scoring.rows(config.seed())));
  }

  private static Result write(JobFolder job, TransferScoring scoring, List<Transfer.Summary> rows)
      throws IOException {
    job.begin();
    Path folder = job.folder();
    Transfer.Summary.TABLE.writeIn(folder, rows);
    Transfer.OfImage.TABLE.writeIn(folder, scoring.imageRows());
    job.finish(Map.of());
    return new Result(folder, rows);
  }

  /** The models that score, each once under its own padding and those asked for. */
  private List<TransferTarget> targets(TransferConfig config, ModelStore store) throws IOException {
    List<TransferTarget> targets = new ArrayList<>();
    for (String name : config.models().isEmpty() ? store.list() : config.models()) {
      StoredModel model = Models.open(store, name);
      if (model.card().isModule() && !config.paddings().isEmpty()) {
        context.note("no other padding for " + name + ": it is a TorchScript module");
      }
      targets.addAll(TransferTarget.of(model, config.paddings()));
    }
    if (targets.isEmpty()) {
      throw new IOException(context.home().models() + " has no model; name some by --models");
    }
    return targets;
  }

  private TransferScoring score(
      List<TransferTarget> targets,
      TransferImages images,
      TorchClassifier.Settings settings,
      ModelStore store)
      throws IOException {
    List<TransferTarget> scored = new ArrayList<>();
    List<List<Transfer>> columns = new ArrayList<>();
    Set<Canvas> noted = new HashSet<>();
    try (Progress progress = context.progress("scoring with models", targets.size())) {
      for (int i = 0; i < targets.size(); i++) {
        Optional<DifferentiableClassifier> opened = targets.get(i).open(settings, context::note);
        if (opened.isPresent()) {
          try (DifferentiableClassifier classifier = opened.get()) {
            if (noted.add(classifier.canvas())) {
              PictureGroup.noteResized(images.at(classifier.canvas()), context);
            }
            columns.add(images.score(targets.get(i), classifier, store));
            scored.add(targets.get(i));
          }
        }
        progress.stepTo(i + 1L);
      }
    }
    List<List<String>> files = scored.isEmpty() ? List.of() : images.files(scored.get(0).canvas());
    return new TransferScoring(scored, columns, files);
  }

  private Map<String, Object> manifest(
      List<TransferTarget> targets, TransferImages images, TorchClassifier.Settings settings)
      throws IOException {
    Map<String, Object> manifest =
        Provenance.manifest(COMMAND, context, targets.get(0).model().card(), settings);
    manifest.remove("model");
    manifest.put("models", targets.stream().map(TransferTarget::describe).toList());
    manifest.put("images", PictureGroup.describe(images.at(targets.get(0).canvas())));
    manifest.put("control", "as many pixels as each image has, each place as likely");
    return manifest;
  }

  /**
   * The scores of all models for all sets of images.
   *
   * @param targets the models, as columns
   * @param columns by target, then by set
   * @param files the files of each set
   */
  private record TransferScoring(
      List<TransferTarget> targets, List<List<Transfer>> columns, List<List<String>> files) {
    /** A row a set and model, with intervals from this seed. */
    List<Transfer.Summary> rows(long seed) {
      SplitMix64 random = SplitMix64.stream(seed, "transfer intervals", 0);
      List<Transfer.Summary> rows = new ArrayList<>();
      for (int source = 0; source < files.size(); source++) {
        for (int i = 0; i < targets.size(); i++) {
          Transfer cell = columns.get(i).get(source);
          TransferTarget target = targets.get(i);
          rows.add(
              Transfer.Summary.of(
                  cell,
                  target.name(),
                  target.label(),
                  cell.meanInterval(random),
                  cell.shareInterval()));
        }
      }
      return rows;
    }

    /** A row a set, model and image. */
    List<Transfer.OfImage> imageRows() {
      List<Transfer.OfImage> rows = new ArrayList<>();
      for (int source = 0; source < files.size(); source++) {
        for (int i = 0; i < targets.size(); i++) {
          TransferTarget target = targets.get(i);
          rows.addAll(
              Transfer.OfImage.of(
                  columns.get(i).get(source), target.name(), target.label(), files.get(source)));
        }
      }
      return rows;
    }
  }

  /** The images that models score, and the control beside each set of evolved ones. */
  static final class TransferImages {
    private static final String SCATTERED = ", places at random";

    private final ImageChoice images;
    private final long seed;
    private final Map<Canvas, List<PictureGroup>> sizes = new LinkedHashMap<>();
    private final Map<Canvas, List<PictureGroup>> colours = new LinkedHashMap<>();

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

    /** The images as a model sees them: in colours, where it has three channels. */
    private List<PictureGroup> at(Classifier classifier) throws IOException {
      Canvas canvas = classifier.canvas();
      if (classifier.planes() == 1) {
        return at(canvas);
      }
      if (!colours.containsKey(canvas)) {
        colours.put(canvas, images.read(classifier, seed));
      }
      return colours.getOrDefault(canvas, List.of());
    }

    /** Scores all images by one model, in the order of {@link #files}. */
    List<Transfer> score(TransferTarget target, Classifier classifier, ModelStore store)
        throws IOException {
      List<Transfer> column = new ArrayList<>();
      String name = target.name() + " " + target.label();
      for (PictureGroup group : at(classifier)) {
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

  /**
   * A model that is to score images, under one padding.
   *
   * @param padding null for the own padding of a TorchScript module, which is not known
   */
  record TransferTarget(StoredModel model, @Nullable Padding padding) {

    /**
     * The model under its own padding, then under the others that are asked for; a module has only
     * its own.
     */
    static List<TransferTarget> of(StoredModel model, Set<Padding> paddings) {
      Padding own = model.card().padding();
      List<TransferTarget> targets = new ArrayList<>(List.of(new TransferTarget(model, own)));
      for (Padding padding : paddings) {
        if (own != null && padding != own) {
          targets.add(new TransferTarget(model, padding));
        }
      }
      return targets;
    }

    /** Opens it; empty, and a word why, when its feature maps are too small for the padding. */
    Optional<DifferentiableClassifier> open(
        TorchClassifier.Settings settings, Consumer<String> note) throws IOException {
      try {
        return Optional.of(
            padding == null
                ? Classifiers.openAny(model, settings)
                : Classifiers.open(model, padding, settings));
      } catch (IllegalArgumentException e) {
        note.accept("left out %s padding of %s: %s".formatted(label(), name(), e.getMessage()));
        return Optional.empty();
      }
    }

    Canvas canvas() {
      return model.card().input().canvas();
    }

    /** What a manifest says of it. */
    Map<String, Object> describe() {
      Map<String, Object> map = new LinkedHashMap<>(Provenance.model(model.card()));
      map.put("padding", label());
      map.put("own_padding", padding == model.card().padding());
      return map;
    }

    String name() {
      return model.card().name();
    }

    String label() {
      return padding == null ? model.card().paddingLabel() : padding.label();
    }

    /**
     * What this has to do with the model that images were evolved on, as their manifest tells it.
     *
     * @param store where that model's architecture is looked up
     */
    Transfer.Relation relation(PictureGroup images, ModelStore store) {
      if (!images.evolved()) {
        return Transfer.Relation.NONE;
      }
      JsonNode evolvedOn = images.manifest().orElseThrow().path("model");
      String sha256 = evolvedOn.path("sha256").asText();
      if (sha256.equals(model.card().weights().sha256())) {
        return padding == model.card().padding()
            ? Transfer.Relation.OWN
            : Transfer.Relation.PADDING;
      }
      boolean sameKind =
          card(evolvedOn.path("name").asText(), sha256, store)
              .map(card -> !card.isModule() && card.kind().equals(model.card().kind()))
              .orElse(false);
      return sameKind ? Transfer.Relation.FAMILY : Transfer.Relation.OTHER;
    }

    private static Optional<ModelCard> card(String name, String sha256, ModelStore store) {
      try {
        ModelCard card = store.card(name);
        return card.weights().sha256().equals(sha256) ? Optional.of(card) : Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        // a model that is not here any more: its architecture is unknown
        return Optional.empty();
      }
    }
  }
}
