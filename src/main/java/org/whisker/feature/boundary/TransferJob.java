package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.Models;
import org.whisker.job.OutputFolder;
import org.whisker.job.Progress;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.torch.TorchClassifier;

/**
 * Scores images evolved on one model by others. Its folder gets {@code transfer.csv}, a row a set
 * of images and model, and {@code transfer-images.csv}.
 */
public final class TransferJob implements ResumableJob<TransferConfig, TransferJob.Result> {
  /** As manifests name it. */
  public static final String COMMAND = "boundary transfer";

  private static final List<String> DECISIVE =
      List.of("command", "models", "device", "precision", "images", "seed");

  private final JobContext context;

  public TransferJob(JobContext context) {
    this.context = context;
  }

  /** The result, set by set. */
  public record Result(Path folder, List<Transfer.Summary> rows) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<TransferConfig> type() {
    return TransferConfig.class;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when no model can score the images; there is no folder then
   */
  @Override
  public Result run(TransferConfig config, JobFolder.Place place) throws IOException {
    if (place instanceof JobFolder.Place.New fresh && fresh.out().isPresent()) {
      OutputFolder.check(fresh.out().get());
    }
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
    Transfer.Summary.TABLE.write(folder.resolve(Transfer.Summary.FILE), rows);
    Transfer.OfImage.TABLE.write(folder.resolve(Transfer.OfImage.FILE), scoring.imageRows());
    job.finish(Map.of());
    return new Result(folder, rows);
  }

  /** Each model once, under its own padding and those asked for. */
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
}
