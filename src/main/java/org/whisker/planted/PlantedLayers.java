package org.whisker.planted;

import java.util.List;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A formula as a network of two layers: the ink, and the ink by cells of 4 × 4 pixels, whose
 * sixteen channels are the places within a cell. The second holds all that the first does, so any
 * formula can be read off it; a position of it has read one cell.
 */
final class PlantedLayers implements ActivationClassifier {
  private static final int CELL = PlantedModel.STRIDE;

  private final String name;
  private final PlantedFormula formula;
  private final Cut ink;
  private final Cut cells;

  PlantedLayers(String name, PlantedFormula formula) {
    this.name = name;
    this.formula = formula;
    Canvas canvas = formula.canvas();
    this.ink = new Cut(0, "ink", 1, canvas.height(), canvas.width());
    this.cells = new Cut(1, "cells", CELL * CELL, canvas.height() / CELL, canvas.width() / CELL);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Canvas canvas() {
    return formula.canvas();
  }

  @Override
  public List<Cut> cuts() {
    return List.of(ink, cells);
  }

  @Override
  public List<float[]> activations(Cut cut, List<? extends Raster> pictures) {
    return pictures.stream().map(picture -> arranged(cut, inked(picture))).toList();
  }

  private static float[] inked(Raster picture) {
    float[] values = picture.grayValues();
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
    return values;
  }

  /** The place of a pixel among the activations of a layer. */
  private int place(Cut cut, int pixel) {
    if (cut.equals(ink)) {
      return pixel;
    }
    int x = canvas().x(pixel);
    int y = canvas().y(pixel);
    int channel = y % CELL * CELL + x % CELL;
    return channel * cut.positions() + y / CELL * cut.width() + x / CELL;
  }

  private float[] arranged(Cut cut, float[] byPixel) {
    float[] values = new float[byPixel.length];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[place(cut, pixel)] = byPixel[pixel];
    }
    return values;
  }

  private double[] byPixel(Cut cut, float[] activations) {
    double[] values = new double[activations.length];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] = activations[place(cut, pixel)];
    }
    return values;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    return logits(ink, activations(ink, pictures));
  }

  @Override
  public float[] logits(Cut cut, List<float[]> activations) {
    float[] logits = new float[activations.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) formula.logit(byPixel(cut, activations.get(i)));
    }
    return logits;
  }

  @Override
  public List<float[]> gradients(Cut cut, List<float[]> activations) {
    return activations.stream()
        .map(
            values -> {
              double[] gradient = formula.gradient(byPixel(cut, values));
              float[] rounded = new float[gradient.length];
              for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) gradient[i];
              }
              return arranged(cut, rounded);
            })
        .toList();
  }

  @Override
  public Field field(Cut cut, int position) {
    int side = cut.equals(ink) ? 1 : CELL;
    return new Field(position % cut.width() * side, position / cut.width() * side, side, side);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
