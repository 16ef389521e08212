package org.whisker.feature.play;

import java.util.Locale;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

/** Something that takes longer than a score. */
public sealed interface JobRequest {
  /** By which model. */
  ModelChoice model();

  /** The grays of the canvas and of the ink. */
  Tones tones();

  /** The maps that can be laid over a picture. */
  enum MapKind {
    /** What inking each pixel does, by scoring all of them. */
    PROBE,
    /** The derivative by each gray value. */
    GRADIENT,
    /** What hiding each window does. */
    OCCLUSION,
    /** A layer's features, weighted by their gradients. */
    GRAD_CAM;

    /** Its name in requests, and among the methods of saliency. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Along which axis a pattern is shifted. */
  enum Axis {
    RIGHT,
    DOWN
  }

  /** A map of a picture, which has the model's size. */
  record OfMap(GrayImage picture, Tones tones, ModelChoice model, MapKind kind)
      implements JobRequest {}

  /** The score of a picture at each shift along an axis, wrapped at the border. */
  record OfShifts(GrayImage picture, Tones tones, ModelChoice model, Axis axis)
      implements JobRequest {}

  /**
   * A search as {@code whisker evolve} does it, from the preset's own founders.
   *
   * @param preset quick, question or dense
   * @param generations at most {@value #MOST_GENERATIONS}
   */
  record OfEvolution(ModelChoice model, Tones tones, String preset, long seed, int generations)
      implements JobRequest {
    /** What can still be watched. */
    public static final int MOST_GENERATIONS = 10_000;

    public OfEvolution {
      if (generations < 1 || generations > MOST_GENERATIONS) {
        throw new IllegalArgumentException(
            "generations must be 1 to " + MOST_GENERATIONS + ", was " + generations);
      }
      EvolutionOptions.preset(preset);
    }

    EvolutionOptions options() {
      return EvolutionOptions.preset(preset).withTones(tones).withGenerations(generations);
    }
  }
}
