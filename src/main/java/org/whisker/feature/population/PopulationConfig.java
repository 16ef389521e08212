package org.whisker.feature.population;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.feature.train.TrainingRegime;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;
import org.whisker.value.Text;

/**
 * What a population is asked for.
 *
 * @param data a folder with {@code train/}, {@code val/} and {@code test/}, each with {@code cat/}
 *     and {@code not_cat/}
 * @param researchOnly whether the photos may be used for research only
 * @param bases what the networks of each architecture share
 * @param networks the number of networks of each architecture, at least 1
 * @param paddings by name; the networks have one each, as often one as the other
 * @param shifts by how much of the canvas training photos are moved at most; likewise
 * @param regime how all are trained, beside seed and shift
 * @param runs the number of runs of the question's search on each network, at least 1
 * @param generations the number of generations that end a run which has not come to the target, at
 *     least 1
 * @param target p(cat) that ends a run, above 0 and below 1
 * @param seed the seed of the first network of each architecture; the next has the next
 * @param on what the searches run on
 */
public record PopulationConfig(
    Path data,
    boolean researchOnly,
    List<PopulationBase> bases,
    int networks,
    List<String> paddings,
    List<Double> shifts,
    TrainingRegime regime,
    int runs,
    int generations,
    double target,
    long seed,
    DeviceConfig on) {
  public PopulationConfig {
    bases = List.copyOf(bases);
    paddings = List.copyOf(paddings);
    shifts = List.copyOf(shifts);
    atLeast("--networks", networks);
    atLeast("--runs", runs);
    atLeast("--generations", generations);
    InvalidRequestException.refuse(
        runs > Member.SEEDS, Text.of("--runs must be at most %d, was %d", Member.SEEDS, runs));
    InvalidRequestException.refuse(
        !(target > 0 && target < 1), "--target must be between 0 and 1, was " + target);
    InvalidRequestException.refuse(bases.isEmpty(), "name an architecture by --arch");
    InvalidRequestException.refuse(
        bases.stream().map(PopulationBase::kind).distinct().count() < bases.size(),
        "--arch names an architecture twice; name it once");
    InvalidRequestException.refuse(paddings.isEmpty(), "name a padding by --paddings");
    InvalidRequestException.refuse(shifts.isEmpty(), "a population needs a training position");
    paddings.forEach(name -> InvalidRequestException.check(() -> Padding.parse(name)));
  }

  private static void atLeast(String option, int value) {
    InvalidRequestException.refuse(value < 1, option + " must be at least 1, was " + value);
  }

  /** Paddings unless told: all. */
  public static List<String> everyPadding() {
    return List.of("zero", "reflect", "replicate", "circular");
  }

  /** Training positions unless told: centred, and anywhere. */
  public static List<Double> bothPositions() {
    return List.of(0.0, 0.5);
  }

  /**
   * How networks are trained unless told: as the embedded classifiers in few epochs, with smaller
   * batches and milder augmentation, so that these suffice.
   */
  public static TrainingRegime briefly(int epochs) {
    return new TrainingRegime(
        epochs,
        32,
        0.003,
        null,
        0.5,
        0.05,
        null,
        0.02,
        0.6,
        null,
        0.2,
        0.1,
        0.0,
        null,
        null,
        false,
        "bfloat16",
        1);
  }

  /** The question's search, which ends with a cat. */
  EvolutionOptions search() {
    return EvolutionOptions.question().withStop(StopRules.after(generations).withTarget(target));
  }

  /**
   * What all networks of one architecture in a population share.
   *
   * @param architecture with a flattening head where there can be one
   * @param side height and width of the gray input in pixels
   */
  public record PopulationBase(Architecture architecture, int side) {
    private static final int VGG_SIDE = 64;

    // with reflected padding, whose last map must have two rows, nothing smaller can be
    private static final int INCEPTION_SIDE = 107;

    /**
     * A small network that trains in minutes.
     *
     * @param label as users type it
     * @throws InvalidRequestException for an architecture that there is not
     */
    public static PopulationBase of(String label) {
      Kind kind =
          Stream.of(Kind.values())
              .filter(k -> k.label().equals(label))
              .findFirst()
              .orElseThrow(() -> refused(label));
      return switch (kind) {
        case VGG16 ->
            new PopulationBase(
                new Architecture(kind, 0.125, List.of(), true, 64, 2, 0.2), VGG_SIDE);
        case INCEPTION_RESNET_V2 ->
            new PopulationBase(
                new Architecture(kind, 0.125, List.of(1, 1, 1), true, 0, 1, 0.1), INCEPTION_SIDE);
        case MOBILENET_V2, TF_MOBILENET_V2, ONNX -> throw refused(label);
      };
    }

    private static InvalidRequestException refused(String label) {
      return new InvalidRequestException(
          "--arch must be vgg16 or inception-resnet-v2, or both, was '" + label + "'");
    }

    Kind kind() {
      return architecture.kind();
    }

    /** Returns this architecture with another width and input size. */
    public PopulationBase with(double width, int otherSide) {
      Architecture a = architecture;
      return new PopulationBase(
          new Architecture(
              a.kind(),
              width,
              a.repeats(),
              a.batchNorm(),
              a.headWidth(),
              a.pooledSize(),
              a.dropout()),
          otherSide);
    }

    /** The heads that it can have; Inception-ResNet v2 pools in any case. */
    List<Member.Head> heads() {
      return kind() == Kind.VGG16
          ? List.of(Member.Head.FLATTENING, Member.Head.POOLED)
          : List.of(Member.Head.POOLED);
    }

    Architecture with(Member.Head head) {
      Architecture a = architecture;
      return head == Member.Head.FLATTENING || a.headWidth() == 0
          ? a
          : new Architecture(
              a.kind(), a.width(), a.repeats(), a.batchNorm(), 0, a.pooledSize(), a.dropout());
    }

    ModelCard.Input input() {
      return new ModelCard.Input(1, side, side);
    }
  }
}
