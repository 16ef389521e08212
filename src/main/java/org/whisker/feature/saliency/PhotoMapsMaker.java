package org.whisker.feature.saliency;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.EdgeBins;
import org.whisker.image.Raster;
import org.whisker.job.JobFolder;
import org.whisker.job.Progress;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attributions;
import org.whisker.saliency.PhotoMaps;
import org.whisker.saliency.result.PhotoMapRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/** Makes the maps of a plan and keeps their profiles alone. One model is open at a time. */
final class PhotoMapsMaker implements JobFolder.Work<PhotoMapRow>, AutoCloseable {
  private final List<PhotoPlan.Task> tasks;
  private final TorchClassifier.Settings running;
  private @Nullable Opened opened;

  /** A maker of these maps. */
  PhotoMapsMaker(List<PhotoPlan.Task> tasks, TorchClassifier.Settings running) {
    this.tasks = List.copyOf(tasks);
    this.running = running;
  }

  /**
   * A model in use.
   *
   * @param number of the model
   * @param logits of its groups' photos, as they are needed
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
    progress.extraMessage("%s, %s, %s".formatted(task.model().name(), task.group().name(), method));
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
              task.number(), Classifiers.openAny(task.model().stored(), running), new HashMap<>());
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
