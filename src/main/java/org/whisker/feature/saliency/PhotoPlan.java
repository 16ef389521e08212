package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.saliency.MethodConfig.SaliencySettings;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.job.input.PictureSize;
import org.whisker.job.input.PictureSize.Pictures;
import org.whisker.saliency.Method;
import org.whisker.torch.Classifiers;

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
   * Opens each model once and reads the photos in its size; methods that can't be used on some of a
   * group are left out, which is noted.
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
      List<Method> methods, Classifier classifier, List<PictureGroup> groups, JobContext context) {
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
          (Pictures.crc(each.picture().raster()) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return Long.toHexString(all.getValue());
  }
}
