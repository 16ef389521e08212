package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.DatasetListing;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.option.Options;

/**
 * The photos that networks of experiments are trained on, and how.
 *
 * @param plan where training differs from how the model was trained
 */
public record RetrainingData(
    @Option(
            names = "--data",
            label = "DIR",
            help =
                "Photos for the experiments that train networks of their own (retrained-padding,"
                    + " training-position, head): a folder with train/, val/ and test/, each with"
                    + " cat/ and not_cat/, as for train. Without it, these experiments are"
                    + " skipped.")
        Path folder,
    RetrainingPlan plan) {
  /** Help of {@code --networks}, whose default is each command's own. */
  public static final String NETWORKS =
      "Number of networks trained per arm, each from its own seed and used for --runs runs;"
          + " the network is the unit of the statistics. With fewer than six, no p can fall"
          + " below 0.05.";

  /** What is said of an option for these networks that is given without their photos. */
  public static final String ALONE =
      "%s is of networks that are trained; name photos by --data DIR";

  /**
   * Looks for {@code --networks}, which has a default of its own, without photos.
   *
   * @throws InvalidRequestException when it was given, but none were
   */
  public static void refuseNetworksAlone(boolean given, Optional<RetrainingData> photos) {
    InvalidRequestException.refuse(
        given && photos.isEmpty(), String.format(Locale.ROOT, ALONE, "--networks"));
  }

  /**
   * The photos, looked through but not decoded.
   *
   * @throws org.whisker.job.InvalidRequestException when a split is missing
   */
  public RetrainingPhotos photos() throws IOException {
    return RetrainingPhotos.of(folder);
  }

  /** How the networks of experiments are trained, where it differs from how their model was. */
  public record RetrainingPlan(
      @Option(
              names = "--train-epochs",
              label = "N",
              min = 1,
              help =
                  "Training epochs of each such network. Default: as on the model's card, else 40;"
                      + " with --train-from model, a tenth of that.")
          OptionalInt epochs,
      @Option(
              names = "--train-seed",
              label = "N",
              help =
                  "Training seed of the first network of an arm; the second has the next seed, and"
                      + " so on. Default: the model's own, else 1.")
          OptionalLong seed,
      @Option(
              parser = Start.class,
              names = "--train-from",
              label = "START",
              defaultValue = "scratch",
              help =
                  "scratch: from random initial weights, as the model was trained. model: continue"
                      + " from the model's own weights, at a tenth of its learning rate; faster,"
                      + " about as accurate, and with less variation between networks, so that"
                      + " fewer suffice, but the result holds for this model only.")
          boolean fromModel) {
    /** Reads what the weights begin with. */
    static final class Start implements Option.Parser<Boolean> {
      @Override
      public Boolean parse(String text) {
        InvalidRequestException.refuse(
            !text.equals("scratch") && !text.equals("model"),
            "--train-from must be scratch or model, was '" + text + "'");
        return text.equals("model");
      }
    }

    public RetrainingPlan {
      Options.check(RetrainingPlan.class, epochs, seed, fromModel);
    }

    /** Retrains as the model was trained, from fresh weights. */
    public static RetrainingPlan standard() {
      return new RetrainingPlan(OptionalInt.empty(), OptionalLong.empty(), false);
    }
  }

  /**
   * The photos that networks of experiments are trained and tested on.
   *
   * @param folder holds train/, val/ and test/
   * @param sha256 the SHA-256 of every photo's split, label, name and content
   */
  public record RetrainingPhotos(Path folder, String sha256) {
    private static final List<String> SPLITS =
        List.of(TrainingPhotos.TRAIN, TrainingPhotos.VAL, TrainingPhotos.TEST);

    /**
     * Looks through a folder.
     *
     * @throws InvalidRequestException when a split is missing
     */
    public static RetrainingPhotos of(Path folder) throws IOException {
      for (String split : SPLITS) {
        InvalidRequestException.refuse(
            !Files.isDirectory(folder.resolve(split)),
            "--data %s has no folder %s; it needs train/, val/ and test/, each with cat/ and not_cat/"
                .formatted(folder, split));
      }
      StringBuilder all = new StringBuilder();
      for (ListedPhoto photo : DatasetListing.of(folder)) {
        if (Set.copyOf(SPLITS).contains(photo.split())) {
          all.append(photo.split()).append('/').append(photo.label().folder()).append('/');
          all.append(photo.file().getFileName()).append(' ').append(Sha256.of(photo.file()));
          all.append('\n');
        }
      }
      return new RetrainingPhotos(folder, Sha256.ofText(all.toString()));
    }

    /** What a card says of them. */
    public String note() {
      return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }
  }
}
