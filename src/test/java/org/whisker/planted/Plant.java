package org.whisker.planted;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TrainingChange;
import org.whisker.option.Records;
import org.whisker.value.Checks;

/**
 * What is planted.
 *
 * @param id as users type it, and the name of its model
 * @param claim one line: where evidence lies, and why
 * @param formula by what is done to the network, and the background
 * @param paths how many paths lead from each pixel to the last feature map, their mean 1
 * @param opaque whether its layers are not known and it can't be trained again
 * @param layered whether it can stop at layers of its own and go on from there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, read in inner loops
public record Plant(
    String id,
    String claim,
    Function<Circumstances, PlantedFormula> formula,
    double[] paths,
    boolean opaque,
    boolean layered) {
  public Plant {
    Checks.require(id.matches("[a-z-]+"), "the id of a plant is in small letters, was %s", id);
  }

  /** Creates a plant that can't be cut into layers. */
  public Plant(
      String id,
      String claim,
      Function<Circumstances, PlantedFormula> formula,
      double[] paths,
      boolean opaque) {
    this(id, claim, formula, paths, opaque, false);
  }

  /** Returns the same formula under another id, as a network that can be cut into layers. */
  public Plant inLayers(String other) {
    return Records.changed(this, Plant::id, Plant::layered).to(other, true);
  }

  /** Creates a plant whose layers are known, with the paths of a deep network. */
  public static Plant known(
      String id, String claim, Function<Circumstances, PlantedFormula> formula) {
    return new Plant(id, claim, formula, PlantMaps.paths(1), false);
  }

  /** Creates a plant for calibration alone, whose layers are known: its id says all. */
  public static Plant known(String id, Function<Circumstances, PlantedFormula> formula) {
    return known(id, id, formula);
  }

  /** The formula of the network as it is stored, on white. */
  PlantedFormula stored() {
    return formula.apply(Circumstances.stored());
  }

  /**
   * What an intervention may change for a planted classifier.
   *
   * @param zeroPadding whether it pads by zeros
   * @param centred whether the cats of its photos were in the middle
   * @param pooled whether its head is pooled globally, and so knows no places
   * @param white whether pictures are on a light background
   * @param plainWhite whether plain white tells other things from cats in its photos
   */
  public record Circumstances(
      boolean zeroPadding, boolean centred, boolean pooled, boolean white, boolean plainWhite) {
    private static final Set<String> WITHOUT_PLAIN_WHITE =
        Set.of("no-plain-white", "cats-on-white");
    private static final String ZERO = "zero";

    /** The circumstances of a network as it is stored, on white. */
    static Circumstances stored() {
      return new Circumstances(true, true, false, true, true);
    }

    static Circumstances of(ModelVariant variant, boolean white) {
      Circumstances own = new Circumstances(true, true, false, white, true);
      if (variant instanceof ModelVariant.OtherPadding other) {
        return own.padded(other.padding());
      }
      if (variant instanceof ModelVariant.Blind blind) {
        return new Circumstances(!blind.padding(), true, blind.head(), white, true);
      }
      return variant instanceof ModelVariant.Retrained retrained
          ? own.trained(retrained.change())
          : own;
    }

    public boolean own() {
      return equals(stored());
    }

    private Circumstances padded(String padding) {
      return new Circumstances(padding.equals(ZERO), centred, pooled, white, plainWhite);
    }

    private Circumstances trained(TrainingChange change) {
      if (change instanceof TrainingChange.Padding other) {
        return padded(other.padding());
      }
      if (change instanceof TrainingChange.Shift shift) {
        return new Circumstances(zeroPadding, shift.most() == 0, pooled, white, plainWhite);
      }
      if (change instanceof TrainingChange.Photos photos) {
        boolean shown = !WITHOUT_PLAIN_WHITE.contains(photos.treatment());
        return new Circumstances(zeroPadding, centred, pooled, white, shown);
      }
      return change instanceof TrainingChange.NewHead head
          ? new Circumstances(zeroPadding, centred, head.pooled(), white, plainWhite)
          : this;
    }
  }

  /**
   * Planted classifiers for calibration, on which several hypotheses are false, or true only
   * weakly.
   *
   * <p>On a plant that an intervention leaves as it is, both arms find the same images, and nothing
   * can be rejected. So where an intervention changes the network, the steps to mates are
   * {@linkplain PlantedFormula#withTransposed transposed} under it: images differ, and by the
   * symmetry of the canvas they lie as deep. Where an arm rolls or shrinks what the network sees, a
   * plant must not be the same once rolled, and must prefer no depth: half of a {@linkplain
   * PlantMaps#texture texture} is worth more, at any distance from the border.
   */
  public static final class NullPlants {
    public static final Plant BLIND = Plant.known("position-blind", c -> Plants.mates());
    public static final Plant TRANSPOSED =
        Plant.known("transposed", c -> Plants.mates().withTransposed(!c.own()));
    public static final Plant SIDES =
        Plant.known("sides", c -> PlantedFormula.blank().withGain(PlantMaps.right(0.2, 0.06)));
    public static final Plant TEXTURE =
        Plant.known("texture", c -> PlantedFormula.blank().withGain(PlantMaps.texture(0.2, 0.06)));
    public static final Plant EDGE = Plant.known("faint-edge", c -> edge(true));
    public static final Plant CENTRE =
        Plant.known(
            "faint-centre", c -> PlantedFormula.blank().withGain(PlantMaps.edge(0.11, 0.13)));

    private NullPlants() {}

    /**
     * A plant whose edge is worth a little more where {@code holds}, and as much as elsewhere where
     * not.
     */
    public static Plant edgeWhere(String id, Predicate<Circumstances> holds) {
      return Plant.known(id, c -> edge(holds.test(c)));
    }

    private static PlantedFormula edge(boolean there) {
      return PlantedFormula.blank()
          .withGain(there ? PlantMaps.edge(0.13, 0.11) : PlantMaps.even(0.12));
    }
  }
}
