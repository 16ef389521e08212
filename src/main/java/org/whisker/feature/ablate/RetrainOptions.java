package org.whisker.feature.ablate;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.feature.train.RetrainingData;
import org.whisker.feature.train.RetrainingData.RetrainingPlan;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** For the experiments that train networks. */
public final class RetrainOptions {
  private static final String DATA = "--data";
  private static final String SCRATCH = "scratch";
  private static final String MODEL = "model";

  @Option(
      names = DATA,
      paramLabel = "DIR",
      description =
          "Photos for the experiments that train networks of their own (retrained-padding,"
              + " training-position, head): a folder with train/, val/ and test/, each with cat/"
              + " and not_cat/, as for train. Without it, these experiments are skipped.")
  private @Nullable Path data;

  @Option(
      names = "--train-from",
      paramLabel = "START",
      defaultValue = "scratch",
      description =
          "scratch: from random initial weights, as the model was trained. model: continue from"
              + " the model's own weights, at a tenth of its learning rate; faster, about as"
              + " accurate, and with less variation between networks, so that fewer suffice, but"
              + " the result holds for this model only. Default: scratch.")
  private String from = SCRATCH;

  @Option(
      names = "--train-epochs",
      paramLabel = "N",
      description =
          "Training epochs of each such network. Default: as on the model's card, else 40; with"
              + " --train-from model, a tenth of that.")
  private @Nullable Integer epochs;

  @Option(
      names = "--train-seed",
      paramLabel = "N",
      description =
          "Training seed of the first network of an arm; the second has the next seed, and so on."
              + " Default: the model's own, else 1.")
  private @Nullable Long seed;

  @Option(
      names = "--networks",
      paramLabel = "N",
      description =
          "Number of networks trained per arm, each from its own seed and used for --runs runs;"
              + " the network is the unit of the statistics. With fewer than six, no p can fall"
              + " below 0.05. Default: 8; in a report, as many as --runs.")
  private @Nullable Integer networks;

  /** How networks are trained. */
  private RetrainingPlan plan() {
    InvalidRequestException.refuse(
        epochs != null && epochs < 1, "--train-epochs must be at least 1, was " + epochs);
    return new RetrainingPlan(
        epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs),
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        fromModel());
  }

  /** Whether training goes on from the model's own weights. */
  private boolean fromModel() {
    return from.equals(MODEL);
  }

  /** How many networks an arm has; eight unless told. */
  public int networks() {
    return askedNetworks().orElse(AblateConfig.NETWORKS);
  }

  /** How many networks an arm has, if that was told. */
  public OptionalInt askedNetworks() {
    InvalidRequestException.refuse(
        networks != null && networks < 1, "--networks must be at least 1, was " + networks);
    return networks == null ? OptionalInt.empty() : OptionalInt.of(networks);
  }

  /**
   * The photos, and how networks are trained on them; empty when none are given.
   *
   * @throws InvalidRequestException when other options need photos
   */
  public Optional<RetrainingData> data() {
    InvalidRequestException.refuse(
        !from.equals(SCRATCH) && !from.equals(MODEL),
        "--train-from must be scratch or model, was '" + from + "'");
    needsPhotos("--train-epochs", epochs != null);
    needsPhotos("--train-seed", seed != null);
    needsPhotos("--networks", networks != null);
    needsPhotos("--train-from", fromModel());
    return data == null ? Optional.empty() : Optional.of(new RetrainingData(data, plan()));
  }

  private void needsPhotos(String option, boolean given) {
    InvalidRequestException.refuse(
        given && data == null,
        option + " is of networks that are trained; name photos by --data DIR");
  }
}
