package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.job.DeviceConfig;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureReader.ImageListing;
import org.whisker.job.input.PictureSize;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Scores pictures; photos are resized where their size is not the classifier's. A picture that
 * can't be read is left out with a warning.
 *
 * @param images image files, folders of which all images are scored, and {@code white}
 * @param resize whether images of two grays, such as evolved ones, are resized, too; else such an
 *     image of another size is left out
 * @param run what the classifier runs on; its batch is how many pictures are scored at once
 */
public record ScoreJob(List<Path> images, boolean resize, TorchClassifier.Settings run) {
  /** How many pictures are scored at once unless told. */
  public static final int BATCH = 100;

  public ScoreJob {
    images = List.copyOf(images);
  }

  /**
   * On that device.
   *
   * @throws org.whisker.job.InvalidRequestException for a device that there is not
   */
  public static ScoreJob of(List<Path> images, DeviceConfig on) {
    return new ScoreJob(images, false, on.settings(BATCH));
  }

  /** With images of two grays resized, too. */
  public ScoreJob resizing() {
    return new ScoreJob(images, true, run);
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
      Reading reading = new Reading(context, PictureSize.of(classifier, resize));
      List<Path> files = files(reading);
      for (int from = 0; from < files.size(); from += run.batch()) {
        int to = Math.min(files.size(), from + run.batch());
        rows.accept(score(classifier, files.subList(from, to), reading));
        context.listener().detail(to + " of " + files.size());
      }
      reading.noteResized();
      return reading.unreadable;
    }
  }

  private static List<ScoreRow> score(Classifier classifier, List<Path> files, Reading reading) {
    List<Picture> pictures = new ArrayList<>();
    for (Path file : files) {
      try {
        pictures.add(new Picture(file, reading.picture(file)));
      } catch (IOException e) {
        reading.failed(e);
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

  private List<Path> files(Reading reading) {
    List<Path> files = new ArrayList<>();
    for (Path image : images) {
      try {
        files.addAll(Files.isDirectory(image) ? ImageListing.of(image) : List.of(image));
      } catch (IOException e) {
        reading.failed(e);
      }
    }
    return files;
  }

  /** What became of the files: those that can't be read are warned of, and counted. */
  private static final class Reading {
    private final JobContext context;
    private final PictureSize size;
    private int read;
    private int resized;
    private int unreadable;

    Reading(JobContext context, PictureSize size) {
      this.context = context;
      this.size = size;
    }

    /** A file named as the white image is read where there is one. */
    Raster picture(Path file) throws IOException {
      if (file.toString().equals(PictureReader.WHITE) && !Files.exists(file)) {
        read++;
        return BlackPixels.none(size.canvas());
      }
      Raster picture = size.read(file);
      Raster fitted = size.fit(file.toString(), picture);
      read++;
      resized += size.isResized(picture) ? 1 : 0;
      return fitted;
    }

    void failed(IOException e) {
      unreadable++;
      context.warn(FailureMessage.oneLine(FailureMessage.of(e)));
    }

    void noteResized() {
      if (resized > 0) {
        context.note(size.note(resized, read));
      }
    }
  }

  /** A classifier's score for an image. */
  public record ScoreRow(
      @Column(meaning = "name of the file, as given") String file,
      @Column(unit = "logit", meaning = "logit of not-cat: below 0, the image is classified as cat")
          float logit,
      @Column(unit = "probability", meaning = "p(cat) = 1 − sigmoid(logit), 0 to 1") double pCat) {
    public static final Table<ScoreRow> TABLE = Table.of(ScoreRow.class);
  }
}
