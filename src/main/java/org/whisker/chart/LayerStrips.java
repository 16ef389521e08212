package org.whisker.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Composed;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.LaneMark;
import org.whisker.chart.kit.LaneRow;
import org.whisker.chart.kit.Lanes;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.ValueAxis;
import org.whisker.saliency.LayerProfile;

/**
 * Layers below each other, the input's first; each is a strip from its border (left) to its centre
 * (right), coloured by how strong a ring is over the whole layer, a doubling each step.
 */
public record LayerStrips(String title, List<LayerProfile> layers) implements Composed {
  private static final int GAP = 12;
  private static final int SHORTEST_BAR = 140;
  private static final Scale SCALE = Scale.symmetric(2, "doublings over the layer's mean");
  private static final ValueAxis RANK = ValueAxis.linear("edge rank u in the layer", 0, 1);

  public LayerStrips {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("no layer to draw");
    }
  }

  @Override
  public Drawing drawing() {
    Lanes activation = lanes(title + ": mean |activation|", LayerProfile.Bin::relativeActivation);
    Lanes energy = lanes("gradient energy", LayerProfile.Bin::relativeEnergy);
    int high = Math.max(SHORTEST_BAR, activation.height() - 100);
    return new Captioned(
        Row.across(GAP, List.of(activation, energy, new ColorBar(SCALE, ColorMap.DIVERGING, high))),
        List.of(
            "Red: stronger than the layer's mean, blue: weaker, gray: nothing there. Gradient"
                + " energy: squared derivative of the logit."));
  }

  private Lanes lanes(String heading, Function<LayerProfile.Bin, OptionalDouble> value) {
    List<LaneRow> rows = new ArrayList<>();
    for (LayerProfile layer : layers) {
      rows.add(LaneRow.of(layer.layer(), new LaneRow.Lane(parts(layer, value), "", Ink.MUTED)));
    }
    return new Lanes(heading, List.of(), List.of(Lanes.Block.of(RANK, rows)), List.of());
  }

  /** A bin is as wide as its share of the places: u is a rank. */
  private static List<LaneMark> parts(
      LayerProfile layer, Function<LayerProfile.Bin, OptionalDouble> value) {
    double places = layer.bins().stream().mapToInt(bin -> bin.where().pixels()).sum();
    List<LaneMark> parts = new ArrayList<>();
    int before = 0;
    for (LayerProfile.Bin bin : layer.bins()) {
      int after = before + bin.where().pixels();
      parts.add(new LaneMark.Part(before / places, after / places, color(value.apply(bin))));
      before = after;
    }
    return parts;
  }

  private static Color color(OptionalDouble relative) {
    if (relative.isEmpty()) {
      return Ink.NOTHING;
    }
    double doublings = Math.log(Math.max(1e-12, relative.getAsDouble())) / Math.log(2);
    return new Color(ColorMap.DIVERGING.rgb(SCALE.position(doublings)));
  }
}
