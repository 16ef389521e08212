package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Classifier.OutputsClassifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.Output;
import org.whisker.classifier.StoredModel;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.job.DeviceConfig;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.input.PictureReader;
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
   * A job on this device.
   *
   * @throws org.whisker.job.InvalidRequestException for an unknown device
   */
  public static ScoreJob of(List<Path> images, DeviceConfig on) {
    return new ScoreJob(images, false, on.settings(BATCH));
  }

  /** Resizes images of two grays, too. */
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

  /**
   * The highest of the network's classes for each image.
   *
   * @param top how many classes of each
   * @return how many images and folders could not be read
   * @throws InvalidRequestException for a network with a single output
   * @throws IOException when the model can't be opened
   */
  public int top(StoredModel model, int top, JobContext context, Consumer<List<TopRow>> rows)
      throws IOException {
    InvalidRequestException.refuse(
        model.card().output().form() != Output.Form.LOGITS,
        "--top is for networks of several classes; " + model.card().name() + " has one output");
    ClassNames names = model.classes();
    try (DifferentiableClassifier opened = Classifiers.openAny(model, run)) {
      if (!(opened instanceof OutputsClassifier classifier)) {
        throw new InvalidRequestException("the outputs of " + opened.name() + " can't be read");
      }
      Reading reading = new Reading(context, PictureSize.of(classifier, resize));
      List<Path> files = files(reading);
      for (int from = 0; from < files.size(); from += run.batch()) {
        int to = Math.min(files.size(), from + run.batch());
        List<Picture> pictures = read(files.subList(from, to), reading);
        List<float[]> outputs = classifier.outputs(pictures.stream().map(Picture::pixels).toList());
        for (int i = 0; i < pictures.size(); i++) {
          rows.accept(TopRow.of(pictures.get(i).file(), outputs.get(i), names, top));
        }
      }
      reading.noteResized();
      return reading.unreadable;
    }
  }

  private static List<Picture> read(List<Path> files, Reading reading) {
    List<Picture> pictures = new ArrayList<>();
    for (Path file : files) {
      try {
        pictures.add(new Picture(file, reading.picture(file)));
      } catch (IOException e) {
        reading.failed(e);
      }
    }
    return pictures;
  }

  private static List<ScoreRow> score(Classifier classifier, List<Path> files, Reading reading) {
    List<Picture> pictures = read(files, reading);
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
        files.addAll(
            Files.isDirectory(image) ? PictureReader.picturesBelow(image) : List.of(image));
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
      @Column(
              unit = "logit",
              meaning = "logit against the target: below 0, the image is classified as the target")
          float logit,
      @Column(unit = "probability", meaning = "p(target) = 1 − sigmoid(logit), 0 to 1")
          double pTarget) {
    public static final Table<ScoreRow> TABLE = Table.of(ScoreRow.class);
  }

  /** One of the highest classes of an image: a row of the table. */
  public record TopRow(
      @Column(meaning = "name of the file, as given") String file,
      @Column(meaning = "1 for the highest class") int rank,
      @Column(meaning = "index of the class, from 0") int index,
      @Column(meaning = "name of the class; its number where the model has no names") String name,
      @Column(unit = "logit", meaning = "the network's output for it") float output,
      @Column(unit = "probability", meaning = "its softmax over all classes, 0 to 1") double p) {
    public static final Table<TopRow> TABLE = Table.of(TopRow.class);

    static List<TopRow> of(Path file, float[] outputs, ClassNames names, int top) {
      double most = Double.NEGATIVE_INFINITY;
      for (float output : outputs) {
        most = Math.max(most, output);
      }
      double sum = 0;
      for (float output : outputs) {
        sum += Math.exp(output - most);
      }
      List<Integer> order =
          IntStream.range(0, outputs.length)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -outputs[i]))
              .limit(top)
              .toList();
      List<TopRow> rows = new ArrayList<>();
      for (int index : order) {
        double p = Math.exp(outputs[index] - most) / sum;
        rows.add(
            new TopRow(
                file.toString(), rows.size() + 1, index, names.name(index), outputs[index], p));
      }
      return rows;
    }
  }
}
