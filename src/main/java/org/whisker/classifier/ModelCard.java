package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Padding;

/**
 * The contents of {@code model.json}, the card of a model.
 *
 * @param name as users type it; also the folder's name
 * @param architecture null for a TorchScript module, whose layers are not known
 * @param padding of the convolutions; null exactly if there is no architecture
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

    private static void check(String what, int value, int most) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(
            "input " + what + " must be 1 to " + most + ", was " + value);
      }
    }
  }

  /** Whether it is an imported TorchScript module, whose layers are not known. */
  @JsonIgnore
  public boolean isModule() {
    return architecture == null;
  }

  /** A short name of the architecture. */
  public String kind() {
    return architecture == null ? "torchscript" : architecture.kind().label();
  }

  /** A short name of the padding. */
  public String paddingLabel() {
    return padding == null ? "own" : padding.label();
  }

  /** This card with the same weights under another padding; the name stays. */
  public ModelCard withPadding(Padding other) {
    return new ModelCard(
        name,
        architecture,
        input,
        preprocessing,
        output,
        other,
        training,
        figures,
        weights,
        created,
        whiskerVersion);
  }

  /** This card for another weights file. */
  public ModelCard withWeights(WeightsFile file) {
    return new ModelCard(
        name,
        architecture,
        input,
        preprocessing,
        output,
        padding,
        training,
        figures,
        file,
        created,
        whiskerVersion);
  }

  /** This card with other figures. */
  public ModelCard withFigures(Figures measured) {
    return new ModelCard(
        name,
        architecture,
        input,
        preprocessing,
        output,
        padding,
        training,
        measured,
        weights,
        created,
        whiskerVersion);
  }
}
