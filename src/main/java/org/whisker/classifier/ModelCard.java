package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Padding;

/**
 * What {@code model.json} says about a model.
 *
 * @param name as users type it; also the folder's name
 * @param padding what convolutions see beyond the border
 * @param training how it was trained here; null when it was imported
 * @param figures how it did on a test set; null when it was not evaluated
 * @param weights the weights file; {@link WeightsFile#UNSAVED} until {@link ModelStore#save}
 * @param created when it was trained or imported
 * @param whiskerVersion the version of whisker that made it
 */
public record ModelCard(
    String name,
    Architecture architecture,
    Input input,
    Preprocessing preprocessing,
    Output output,
    Padding padding,
    @JsonSetter(nulls = Nulls.SET) @Nullable TrainingRecord training,
    @JsonSetter(nulls = Nulls.SET) @Nullable Figures figures,
    WeightsFile weights,
    Instant created,
    String whiskerVersion) {
  public ModelCard {
    ModelNames.check(name);
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(whiskerVersion, "whiskerVersion");
  }

  /** The shape of one input picture. */
  public record Input(int channels, int height, int width) {
    public Input {
      if (channels < 1 || height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "an input needs channels, height and width: " + channels + "x" + height + "x" + width);
      }
    }
  }

  /** What the network's output means. */
  public enum Output {
    NOT_CAT_LOGIT("sigmoid logit of not-cat, cat = class 0");

    private final String label;

    Output(String label) {
      this.label = label;
    }

    @JsonValue
    public String label() {
      return label;
    }
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
