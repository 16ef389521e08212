package org.whisker.planted;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Surrogate;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.planted.Plant.Circumstances;
import org.whisker.random.SplitMix64;

/** A planted classifier, as experiments intervene on it. */
public final class PlantedModel implements AblatedModel {
  /** The stride of its last feature map, in pixels. */
  static final int STRIDE = 4;

  /** Networks of one recipe differ: each pixel's gain is up to so much more or less, in logits. */
  private static final double JITTER = 0.03;

  /** Gains of random weights, in logits. */
  private static final double UNTRAINED = 0.1;

  private final Plant plant;

  public PlantedModel(Plant plant) {
    this.plant = plant;
  }

  public Plant plant() {
    return plant;
  }

  @Override
  public String name() {
    return plant.id();
  }

  @Override
  public Canvas canvas() {
    return plant.stored().canvas();
  }

  @Override
  public String padding() {
    return "zero";
  }

  @Override
  public float paddingGray() {
    return 0;
  }

  @Override
  public OptionalInt stride() {
    return plant.opaque() ? OptionalInt.empty() : OptionalInt.of(STRIDE);
  }

  @Override
  public Optional<double[]> paths() {
    return plant.opaque() ? Optional.empty() : Optional.of(plant.paths().clone());
  }

  @Override
  public boolean canBeCut() {
    return plant.layered();
  }

  @Override
  public ActivationClassifier openCut() {
    if (!plant.layered()) {
      throw new UnsupportedOperationException(name() + " is a formula without layers");
    }
    return new PlantedLayers(name(), plant.stored());
  }

  @Override
  public boolean differentiable() {
    return true;
  }

  @Override
  public String regime() {
    return plant.opaque() ? AblationSetting.NO_PHOTOS : "planted";
  }

  @Override
  public Optional<String> refusal(ModelVariant variant) {
    return plant.opaque()
            && !(variant instanceof ModelVariant.AsStored || variant instanceof ModelVariant.Fitted)
        ? Optional.of(name() + " stands for a module whose layers are not known")
        : Optional.empty();
  }

  @Override
  public Classifier open(ModelVariant variant) {
    refusal(variant)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    if (variant instanceof ModelVariant.Fitted fitted) {
      return Surrogate.of(this, fitted.kind(), fitted.seed());
    }
    UnaryOperator<PlantedFormula> change = change(variant);
    PlantedFormula light = change.apply(plant.formula().apply(Circumstances.of(variant, true)));
    PlantedFormula dark = change.apply(plant.formula().apply(Circumstances.of(variant, false)));
    return new PlantedClassifier(name(), canvas(), isLight -> isLight ? light : dark);
  }

  /** What makes one network of a variant differ from the next. */
  private UnaryOperator<PlantedFormula> change(ModelVariant variant) {
    if (variant instanceof ModelVariant.Untrained untrained) {
      RandomGenerator random = SplitMix64.stream(untrained.seed(), "untrained plant", 0);
      return f ->
          PlantedFormula.blank(f.canvas(), f.white())
              .withGain(
                  DoubleStream.generate(() -> UNTRAINED * random.nextGaussian())
                      .limit(f.canvas().pixels())
                      .toArray());
    }
    return variant instanceof ModelVariant.Retrained retrained
        ? f -> jittered(f, SplitMix64.stream(retrained.repetition(), "retrained plant", 0))
        : f -> f;
  }

  private static PlantedFormula jittered(PlantedFormula f, RandomGenerator random) {
    return f.withGain(
        DoubleStream.of(f.gain())
            .map(gain -> gain + JITTER * (2 * random.nextDouble() - 1))
            .toArray());
  }

  /**
   * A classifier that is a formula. Ink is the difference to the picture's background, its most
   * frequent gray (the median where no gray has half of all pixels): towards dark on a light
   * background, towards light on a dark one.
   *
   * @param formula by whether the background is light
   */
  private record PlantedClassifier(
      String name, Canvas canvas, Function<Boolean, PlantedFormula> formula)
      implements DifferentiableClassifier {
    private static final float MIDDLE = 0.5f;

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      double[] ink = new double[canvas.pixels()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) logit(pictures.get(i), ink);
      }
      return logits;
    }

    /**
     * Returns the logit against the target of the formula.
     *
     * @param none ink of no pixel, before and after
     */
    private double logit(Raster picture, double[] none) {
      if (!(picture instanceof BlackPixels black)) {
        Inked inked = inked(picture);
        return formula.apply(inked.light()).logit(inked.ink());
      }
      check(picture);
      int[] pixels = black.indices();
      for (int pixel : pixels) {
        none[pixel] = 1;
      }
      double logit = formula.apply(true).logit(none, pixels);
      for (int pixel : pixels) {
        none[pixel] = 0;
      }
      return logit;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      return pictures.stream().map(this::gradient).toList();
    }

    private float[] gradient(Raster picture) {
      Inked inked = inked(picture);
      double[] byInk = formula.apply(inked.light()).gradient(inked.ink());
      float[] byGray = new float[byInk.length];
      for (int i = 0; i < byGray.length; i++) {
        byGray[i] = (float) (inked.light() ? -byInk[i] : byInk[i]);
      }
      return byGray;
    }

    /** A picture's ink, and whether it lies on a light background. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, read in inner loops
    private record Inked(double[] ink, boolean light) {}

    private void check(Raster picture) {
      if (!picture.canvas().equals(canvas)) {
        throw new IllegalArgumentException(
            name + " takes " + canvas + " pictures, not " + picture.canvas());
      }
    }

    private Inked inked(Raster picture) {
      check(picture);
      double[] ink = new double[canvas.pixels()];
      if (picture instanceof BlackPixels black) {
        for (int i = 0; i < black.count(); i++) {
          ink[black.get(i)] = 1;
        }
        return new Inked(ink, true);
      }
      float[] gray = picture.grayValues();
      float background = background(gray);
      boolean light = background >= MIDDLE;
      for (int i = 0; i < ink.length; i++) {
        ink[i] = light ? background - gray[i] : gray[i] - background;
      }
      return new Inked(ink, light);
    }

    /** What has a majority, found by votes (Boyer and Moore), else the median. */
    private static float background(float[] gray) {
      float likely = gray[0];
      int votes = 0;
      for (float each : gray) {
        likely = votes == 0 ? each : likely;
        votes += each == likely ? 1 : -1;
      }
      int count = 0;
      for (float each : gray) {
        count += each == likely ? 1 : 0;
      }
      return count > gray.length / 2 ? likely : median(gray);
    }

    private static float median(float[] gray) {
      float[] sorted = gray.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  /**
   * A formula as a network of two layers: the ink, and the ink by cells of 4 × 4 pixels, whose
   * sixteen channels are the places within a cell. The second holds all that the first does, so any
   * formula can be read off it; a position of it has read one cell.
   */
  private static final class PlantedLayers implements ActivationClassifier {
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
}
