package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.network.Window.Padding;
import org.whisker.option.Records;
import org.whisker.value.Checks;
import org.whisker.weights.DType;

/**
 * The contents of {@code model.json}, the card of a model.
 *
 * @param name as users type it; also the folder's name
 * @param architecture null for a TorchScript module, whose layers are not known
 * @param padding the padding of the convolutions; null exactly if there is no architecture
 * @param training how it was trained here; null when it was imported
 * @param figures its performance on a test set; null if it was not evaluated
 * @param weights the weights file; {@link WeightsFile#UNSAVED} until {@link ModelStore#save}
 * @param created when it was trained or imported
 * @param whiskerVersion the version of whisker that made it
 */
public record ModelCard(
    String name,
    @JsonSetter(nulls = Nulls.SET) @Nullable Architecture architecture,
    Input input,
    Preprocessing preprocessing,
    Output output,
    @JsonSetter(nulls = Nulls.SET) @Nullable Padding padding,
    @JsonSetter(nulls = Nulls.SET) @Nullable TrainingRecord training,
    @JsonSetter(nulls = Nulls.SET) @Nullable Figures figures,
    WeightsFile weights,
    Instant created,
    String whiskerVersion) {
  public ModelCard {
    SafeName.check(name);
    if ((architecture == null) != (padding == null)) {
      throw new IllegalArgumentException(
          "a card has both an architecture and a padding, or neither: " + name);
    }
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(preprocessing, "preprocessing").checked(input.channels());
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(whiskerVersion, "whiskerVersion");
  }

  /** The shape of one input picture. */
  public record Input(int channels, int height, int width) {
    private static final int MOST_CHANNELS = 64;
    private static final int MOST_SIDE = 8192;

    public Input {
      check("channels", channels, MOST_CHANNELS);
      check("height", height, MOST_SIDE);
      check("width", width, MOST_SIDE);
    }

    /** The size of the picture. */
    public Canvas canvas() {
      return new Canvas(width, height);
    }

    private static void check(String what, int value, int most) {
      Checks.refuse(
          value < 1 || value > most, "input %s must be 1 to %s, was %s", what, most, value);
    }
  }

  /** Whether it is an imported TorchScript module, whose layers are not known. */
  @JsonIgnore
  public boolean isModule() {
    return architecture == null;
  }

  /**
   * Planes of a picture that the network is shown: the colours of photos where it has a channel for
   * each and wasn't trained here on gray; else their gray.
   */
  public int planes() {
    boolean gray = training != null && !training.inColour();
    return input.channels() == PlanarImage.COLOURS && !gray ? PlanarImage.COLOURS : 1;
  }

  /** A short name of the architecture. */
  public String kind() {
    return architecture == null ? "torchscript" : architecture.kind().label();
  }

  /** A short name of the padding. */
  public String paddingLabel() {
    return padding == null ? "own" : padding.label();
  }

  /** Returns this card with the same weights under another padding; the name stays. */
  public ModelCard withPadding(Padding other) {
    return Records.changed(this, ModelCard::padding).to(other);
  }

  /** Returns this card under another name. */
  ModelCard named(String other) {
    return Records.changed(this, ModelCard::name).to(SafeName.check(other));
  }

  /** Returns this card asked for other classes, under a name that says so. */
  ModelCard asking(Output other) {
    String asked = name + "-" + other.target().replace(' ', '_').replaceAll("\\.{2,}", ".");
    String own = asked.substring(0, Math.min(SafeName.LONGEST, asked.length()));
    return Records.changed(this, ModelCard::name, ModelCard::output).to(own, other);
  }

  /** Returns this card for another weights file. */
  public ModelCard withWeights(WeightsFile file) {
    return Records.changed(this, ModelCard::weights).to(file);
  }

  /** Returns this card with other figures. */
  public ModelCard withFigures(Figures measured) {
    return Records.changed(this, ModelCard::figures).to(measured);
  }

  /**
   * The weights file named on a model card.
   *
   * @param file its name inside the model's folder
   * @param dtype how it stores numbers
   * @param sha256 the SHA-256 of the whole file, 64 hexadecimal digits in lower case; empty before
   *     it is saved
   */
  public record WeightsFile(String file, DType dtype, String sha256) {
    /** The entry of a card whose weights are not saved yet. */
    public static final WeightsFile UNSAVED = new WeightsFile("weights.safetensors", DType.F32, "");

    /** A TorchScript module that takes float32, not saved yet. */
    public static final WeightsFile UNSAVED_MODULE = new WeightsFile("model.pt", DType.F32, "");

    public WeightsFile {
      SafeName.check(Objects.requireNonNull(file, "file"));
      Objects.requireNonNull(dtype, "dtype");
      if (!sha256.isEmpty() && !Sha256.isHash(sha256)) {
        throw new IllegalArgumentException("sha256 is not 64 hexadecimal digits: " + sha256);
      }
    }

    /** Whether there is a file with a known hash. */
    public boolean saved() {
      return !sha256.isEmpty();
    }
  }

  /**
   * How a model was trained.
   *
   * @param data what the photos were and where they came from
   * @param researchOnly whether the photos may be used for research only
   * @param photos number of photos, by split and class ("train/cat")
   * @param epochs passes over the training photos
   * @param seed the seed of all random numbers
   * @param options every other option, by name
   */
  public record TrainingRecord(
      String data,
      boolean researchOnly,
      Map<String, Integer> photos,
      int epochs,
      long seed,
      Map<String, String> options) {
    /** The option by which photos are shown in colours. */
    public static final String COLOUR = "colour";

    public TrainingRecord {
      Objects.requireNonNull(data, "data");
      photos = Collections.unmodifiableMap(new TreeMap<>(photos));
      options = Collections.unmodifiableMap(new TreeMap<>(options));
      Checks.refuse(epochs < 0, "epochs must not be negative: %s", epochs);
      Checks.refuse(
          photos.values().stream().anyMatch(n -> n < 0), "photos must not be negative: %s", photos);
    }

    /** Whether the photos were shown in colours. */
    public boolean inColour() {
      return Boolean.parseBoolean(options.get(COLOUR));
    }

    /** Returns this record without the options of these names. */
    public TrainingRecord without(String... names) {
      Map<String, String> fewer = new TreeMap<>(options);
      fewer.keySet().removeAll(List.of(names));
      return new TrainingRecord(data, researchOnly, photos, epochs, seed, fewer);
    }
  }

  /**
   * The performance of a model on its test photos; shares and probabilities are in [0, 1].
   *
   * @param photos number of photos
   * @param accuracy share of photos classified correctly
   * @param recallCat share of cats classified as cats
   * @param recallNotCat share of others classified as others
   * @param rocAuc probability that a cat has a higher p(target) than another photo
   * @param accuracyByOrigin accuracy for each source of photos
   * @param whiteCatProbability p(target) of the pure white picture
   */
  public record Figures(
      int photos,
      double accuracy,
      double recallCat,
      double recallNotCat,
      double rocAuc,
      Map<String, Double> accuracyByOrigin,
      double whiteCatProbability) {
    public Figures {
      accuracyByOrigin = Collections.unmodifiableMap(new TreeMap<>(accuracyByOrigin));
      Checks.refuse(photos < 1, "figures need photos: %s", photos);
      DoubleStream.concat(
              DoubleStream.of(accuracy, recallCat, recallNotCat, rocAuc, whiteCatProbability),
              accuracyByOrigin.values().stream().mapToDouble(Double::doubleValue))
          .forEach(Figures::requireShare);
    }

    public static Figures of(Evaluation evaluation, double whiteCatProbability) {
      return new Figures(
          evaluation.confusion().total(),
          evaluation.accuracy(),
          evaluation.confusion().recallTarget(),
          evaluation.confusion().recallNotTarget(),
          evaluation.rocAuc(),
          evaluation.accuracyByOrigin(),
          whiteCatProbability);
    }

    /**
     * Whether a coin could have done as well: the mean of both recalls is not above ½ by more than
     * 1.96 standard errors of a coin, with half of the photos in each class.
     */
    public boolean isAtChance() {
      double coin = 0.5 / Math.sqrt(photos);
      return (recallCat + recallNotCat) / 2 <= 0.5 + 1.96 * coin;
    }

    private static void requireShare(double value) {
      Checks.require(value >= 0 && value <= 1, "a figure must be in [0, 1]: %s", value);
    }
  }

  /** Names that are safe as one folder or file: no separators, no {@code ..}, not hidden. */
  static final class SafeName {
    private static final int LONGEST = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private SafeName() {}

    static boolean valid(String name) {
      return NAME.matcher(name).matches() && !name.contains("..");
    }

    static String check(String name) {
      Checks.require(valid(name), "a name has letters, digits, '.', '_' and '-' only: '%s'", name);
      return name;
    }
  }
}
