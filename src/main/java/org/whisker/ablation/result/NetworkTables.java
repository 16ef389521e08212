package org.whisker.ablation.result;

import java.util.Optional;
import org.whisker.ablation.WithheldComparison;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** Rows of the tables of retrained networks. */
public final class NetworkTables {
  private NetworkTables() {}

  /**
   * A row of {@value #FILE}: a network trained for an arm of an experiment, and its performance on
   * test photos. Experiments may share a network.
   */
  public record NetworkRow(
      @Column(meaning = "name of the arm") String arm,
      @Column(meaning = "number of the network within the arm, from 1") int number,
      @Column(meaning = "the network and its figures") TrainedRow trained,
      @Column(
              meaning =
                  "the model from whose weights training continued; empty for random "
                      + "initial weights")
          String fineTunedFrom) {
    public static final String FILE = "networks.csv";
    public static final Table<NetworkRow> TABLE = Table.of(NetworkRow.class, FILE);
  }

  /**
   * What a training came to: columns of other tables. Figures are of the photos for testing, in
   * float32.
   */
  public record TrainedRow(
      @Column(meaning = "name of its folder") String network,
      @Column(meaning = "seed of the training") long seed,
      @Column(meaning = "passes over the training photos") int epochs,
      @Column(meaning = "number of photos it was tested on") int testPhotos,
      @Column(unit = "share", meaning = "share of the test photos classified correctly")
          double testAccuracy,
      @Column(unit = "share", meaning = "share of photos of the target classified as the target")
          double recallTarget,
      @Column(unit = "share", meaning = "share of others not classified as the target")
          double recallNotTarget,
      @Column(meaning = "area under the ROC curve") double rocAuc,
      @Column(
              value = "white_p_target",
              unit = "probability",
              meaning = "p(target) of the pure white picture")
          double whiteCatProbability,
      @Column(meaning = "sha256 of its weights file") String sha256) {}

  /**
   * A row of {@value #FILE}: manipulation check of an experiment on training position. If training
   * on shifted photos had the intended effect, shifting test photos costs these networks less
   * accuracy than those trained on centred photos. The claim is about the networks of this
   * experiment, so the unit of analysis is the photo, averaged over the networks of an arm.
   */
  public record ManipulationRow(
      @Column(meaning = "arm trained on centred photos") String control,
      @Column(meaning = "arm trained on shifted photos") String treatment,
      @Column(meaning = "number of networks in each arm") int networks,
      @Column(meaning = "number of test photos, each scored in place and shifted") int photos,
      @Column(unit = "share", meaning = "maximum shift along either axis, as a share of the canvas")
          double mostShift,
      @Column(
              unit = "share",
              meaning = "share of photos in place that the control classifies correctly")
          double controlAccuracy,
      @Column(
              unit = "share",
              meaning = "share of shifted photos that the control classifies correctly")
          double controlShiftedAccuracy,
      @Column(
              unit = "share",
              meaning = "treatment accuracy, as control_accuracy, for the treatment")
          double treatmentAccuracy,
      @Column(
              unit = "share",
              meaning =
                  "treatment shifted accuracy, as control_shifted_accuracy, for the " + "treatment")
          double treatmentShiftedAccuracy,
      @Column(
              unit = "share",
              meaning =
                  "loss of accuracy by the shift, control minus treatment; above 0 as "
                      + "intended")
          double spared,
      @Column(unit = "share") double ciLow,
      @Column(unit = "share") double ciHigh,
      @Column(
              unit = "probability",
              meaning = "two-sided p-value of a sign-flip permutation test over photos")
          double p,
      @Column(
              meaning =
                  "whether the manipulation had the intended effect: above 0 with p at "
                      + "most 0.05")
          boolean shown,
      @Column(meaning = "SHA-256 over the hashes of all networks' weights") String networksSha256) {
    public static final String FILE = "manipulation.csv";
    public static final Table<ManipulationRow> TABLE = Table.of(ManipulationRow.class, FILE);

    /** Why the treatment bears no verdict; empty where the manipulation worked. */
    public Optional<WithheldComparison> withheld() {
      return shown
          ? Optional.empty()
          : Optional.of(
              new WithheldComparison(
                  treatment,
                  Text.of(
                      "training on shifted photos did not make these networks lose less accuracy on"
                          + " shifted ones (spared %.3f, p = %.2g), so it did not do what it was"
                          + " for",
                      spared, p)));
    }
  }
}
