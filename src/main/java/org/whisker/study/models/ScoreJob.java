package org.whisker.study.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.study.DeviceConfig;
import org.whisker.study.FailureMessage;
import org.whisker.study.JobContext;
import org.whisker.study.input.ImageListing;
import org.whisker.study.input.PictureReader;
import org.whisker.study.input.Pictures;
import org.whisker.table.model.ScoreRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Scores pictures, resized where their size is not the classifier's. A picture that can't be read
 * is left out with a warning.
 *
 * @param images image files, folders of which all images are scored, and {@code white}
 * @param run what the classifier runs on; its batch is how many pictures are scored at once
 */
public record ScoreJob(List<Path> images, TorchClassifier.Settings run) {
  /** How many pictures are scored at once unless told. */
  public static final int BATCH = 100;

  public ScoreJob {
    images = List.copyOf(images);
  }

  /**
   * On that device.
   *
   * @throws org.whisker.study.InvalidRequestException for a device that there is not
   */
  public static ScoreJob of(List<Path> images, DeviceConfig on) {
    return new ScoreJob(images, on.settings(BATCH));
  }

  private record Picture(Path file, Raster pixels) {}

  /**
   * Scores all.
   *
   * @param rows is handed the scores of every batch, in the order of the images
   * @return how many images and folders could not be read
   * @throws IOException when the model can't be opened
   */
  public int run(StoredModel model, JobContext context, Consumer<List<ScoreRow>> rows)
      throws IOException {
    try (Classifier classifier = Classifiers.openAny(model, run)) {
      Unreadable unreadable = new Unreadable(context);
      List<Path> files = files(unreadable);
      for (int from = 0; from < files.size(); from += run.batch()) {
        int to = Math.min(files.size(), from + run.batch());
        rows.accept(score(classifier, files.subList(from, to), unreadable));
        context.listener().detail(to + " of " + files.size());
      }
      return unreadable.count;
    }
  }

  private static List<ScoreRow> score(
      Classifier classifier, List<Path> files, Unreadable unreadable) {
    List<Picture> pictures = new ArrayList<>();
    for (Path file : files) {
      try {
        pictures.add(new Picture(file, read(file, classifier.canvas())));
      } catch (IOException e) {
        unreadable.found(e);
      }
    }
    float[] logits = classifier.logits(pictures.stream().map(Picture::pixels).toList());
    List<ScoreRow> rows = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      String file = pictures.get(i).file().toString();
      rows.add(new ScoreRow(file, logits[i], Classifier.catProbability(logits[i])));
    }
    return rows;
  }

  /** A file named as the white image is read where there is one. */
  private static Raster read(Path file, Canvas canvas) throws IOException {
    boolean white = file.toString().equals(PictureReader.WHITE) && !Files.exists(file);
    return white ? BlackPixels.none(canvas) : Pictures.fitted(ImageFiles.readGray(file), canvas);
  }

  private List<Path> files(Unreadable unreadable) {
    List<Path> files = new ArrayList<>();
    for (Path image : images) {
      try {
        files.addAll(Files.isDirectory(image) ? ImageListing.of(image) : List.of(image));
      } catch (IOException e) {
        unreadable.found(e);
      }
    }
    return files;
  }

  /** What could not be read: warned of, and counted. */
  private static final class Unreadable {
    private final JobContext context;
    private int count;

    Unreadable(JobContext context) {
      this.context = context;
    }

    void found(IOException e) {
      count++;
      context.warn(FailureMessage.oneLine(FailureMessage.of(e)));
    }
  }
}
