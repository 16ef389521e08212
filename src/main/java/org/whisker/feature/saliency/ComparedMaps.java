package org.whisker.feature.saliency;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Grid;
import org.whisker.classifier.ModelStore;
import org.whisker.io.Contained;
import org.whisker.io.Manifest;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.Layout;

/**
 * The maps of the same images by several models. Each model has a folder of its own, as {@link
 * SaliencyJob} writes it; {@code compared} shows all models below each other, an image at a time,
 * the maps of a method on one scale.
 *
 * <p>A configuration names the models, separated by commas.
 */
public final class ComparedMaps implements FolderChart {
  /** The command that manifests name. */
  public static final String COMMAND = "saliency of models";

  private static final String MODELS = "models";

  /** Images in a file, so that it fits a page. */
  private static final int MOST_ROWS = 10;

  /**
   * What came of it.
   *
   * @param results of each model, by its name
   * @param done whether it was not stopped
   */
  record Result(Path folder, boolean done, Map<String, SaliencyResult> results)
      implements ResumableJob.Outcome {}

  /** Makes the maps of one model after the other. */
  static final class Job extends ResumableJob<SaliencyConfig, Optional<Result>> {
    Job(JobContext context) {
      super(context, COMMAND, SaliencyConfig.class);
    }

    /**
     * {@inheritDoc}
     *
     * @return empty when no image can be read; the listener was told why
     */
    @Override
    public Optional<Result> run(SaliencyConfig config, JobFolder.Place place) throws IOException {
      Map<String, String> folders = folders(config.models());
      for (String model : folders.keySet()) { // before the maps of another are made
        Models.open(new ModelStore(context.home().models()), model);
      }
      Map<String, Object> manifest =
          new LinkedHashMap<>(Map.of("command", COMMAND, MODELS, folders));
      Provenance.asked(manifest, context.asked());
      JobFolder.Job job =
          new JobFolder.Job(
              context.home().analyses(),
              "saliency-of-models",
              manifest,
              config,
              List.of("command", MODELS));
      return JobFolder.hold(
          context,
          place,
          job,
          held -> {
            Optional<Result> made =
                held.attempt(
                    folder -> make(folder, config, folders),
                    result -> result.filter(Result::done).isPresent());
            if (made.isEmpty() && place instanceof JobFolder.Place.New) {
              held.withdraw();
            }
            return made;
          });
    }

    private Optional<Result> make(
        JobFolder held, SaliencyConfig config, Map<String, String> folders) throws IOException {
      Map<String, SaliencyResult> results = new LinkedHashMap<>();
      for (Map.Entry<String, String> model : folders.entrySet()) {
        Path own = new Contained(held.folder()).resolve(model.getValue());
        Optional<SaliencyResult> result = maps(config.ofModel(model.getKey()), own);
        if (result.isEmpty()) {
          return Optional.empty();
        }
        results.put(model.getKey(), result.get());
        if (!result.get().done()) {
          return Optional.of(new Result(held.folder(), false, results));
        }
      }
      held.begin();
      context.listener().tablesWritten(held.folder());
      return Optional.of(new Result(held.folder(), true, results));
    }

    private Optional<SaliencyResult> maps(SaliencyConfig config, Path own) throws IOException {
      SaliencyJob job = new SaliencyJob(context);
      return Manifest.isIn(own)
          ? job.resume(JobManifest.open(own, job.command()))
          : job.run(config, Optional.of(own));
    }

    /** The folder of each model. */
    private static Map<String, String> folders(List<String> models) {
      Map<String, String> folders = new LinkedHashMap<>();
      Set<String> taken = new LinkedHashSet<>();
      for (String model : models) {
        InvalidRequestException.refuse(
            model.isBlank(), "--model has a comma without a model on each side; leave it out");
        InvalidRequestException.refuse(
            folders.containsKey(model), "--model names " + model + " twice");
        folders.put(model, SaliencyImages.unused(taken, model));
      }
      return folders;
    }
  }

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!JobManifest.isOf(folder, COMMAND)) {
      return;
    }
    List<SaliencyFolder> models = new ArrayList<>();
    for (JsonNode own : Manifest.read(folder).path(MODELS)) {
      Path each = new Contained(folder).resolve(own.asText());
      if (SaliencyFolder.isIn(each)) {
        models.add(SaliencyFolder.read(each));
      }
    }
    if (!models.isEmpty()) {
      draw(models, folder, files);
    }
  }

  private static void draw(List<SaliencyFolder> models, Path folder, ChartFiles files)
      throws IOException {
    Map<String, MapLook> looks = looks(models);
    List<String> images =
        models.stream()
            .flatMap(model -> model.pictures().stream())
            .map(SaliencyFolder.Picture::name)
            .distinct()
            .toList();
    int each = Math.max(1, MOST_ROWS / models.size());
    for (int from = 0; from < images.size(); from += each) {
      List<String> some = images.subList(from, Math.min(images.size(), from + each));
      files.write(
          folder,
          from == 0 ? "compared" : "compared-" + (from / each + 1),
          grid(models, some, looks, files.request()).within(SaliencyGallery.WIDE));
    }
    Optional<Layout> layout = files.request().layout().filter(Layout::isOfModels);
    if (layout.isPresent()) {
      MapFigure.ofModels(models, images, looks, layout.get(), folder, files);
    }
  }

  /** The maps of a method by all models share one scale. */
  private static Map<String, MapLook> looks(List<SaliencyFolder> models) {
    Map<String, MapLook> looks = new LinkedHashMap<>();
    for (SaliencyFolder model : models) {
      for (String method : model.methods()) {
        looks.computeIfAbsent(
            method,
            of ->
                MapLook.of(
                    models.stream()
                        .flatMap(some -> some.of(of).stream())
                        .map(FolderMap::map)
                        .toList()));
      }
    }
    return looks;
  }

  private static Grid grid(
      List<SaliencyFolder> models,
      List<String> images,
      Map<String, MapLook> looks,
      ChartRequest asked)
      throws IOException {
    List<Grid.Line> rows = new ArrayList<>();
    for (String image : images) {
      for (SaliencyFolder model : models) {
        for (SaliencyFolder.Picture picture : model.pictures()) {
          if (picture.name().equals(image)) {
            Grid.Name name = new Grid.Name(model.model(), image + ", " + picture.score());
            rows.add(new SaliencyGallery(model).line(name, picture, looks, asked));
          }
        }
      }
    }
    return new Grid(
        "The same images by "
            + String.join(", ", models.stream().map(SaliencyFolder::model).toList()),
        SaliencyGallery.columns(looks, asked),
        rows,
        SaliencyGallery.notes(asked));
  }
}
