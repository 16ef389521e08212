package org.whisker.evolution;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditSchedule;
import org.whisker.evolution.operator.Labels;
import org.whisker.evolution.operator.Probability;
import org.whisker.evolution.operator.Sites;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/**
 * Changes a child: with some probability by one edit or several, or pixel by pixel.
 *
 * <p>Per individual, an edit that a genome does not offer (removing from white) is left out.
 *
 * <p>Per pixel, each pixel of the region flips (white to black, black to white) with that
 * probability, independently of all others, wherever it lies: no preference of position. Mix, edits
 * and border play no part. The gaps between pixels that flip are drawn, from a geometric
 * distribution, so that the number of flips is binomial and costs only as much as it is.
 *
 * @param probability per individual or per pixel, 0 to 1
 * @param mix how often each kind of edit is made
 * @param edits how many at once
 * @param border what a nudge over the border does
 */
public record Mutation(
    double probability, Per per, EditMix mix, EditSchedule edits, Border border) {
  /** What the probability is of. */
  public enum Per {
    INDIVIDUAL,
    PIXEL;

    /** The name as users type it: {@code individual} or {@code pixel}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The unit with this label. */
    public static Per parse(String label) {
      return Labels.parse("mutation rate per", values(), Per::label, label);
    }
  }

  public Mutation {
    Probability.check("mutation probability", probability);
  }

  /** Per individual; a nudge over the border is drawn again. */
  public Mutation(double probability, EditMix mix, EditSchedule edits) {
    this(probability, Per.INDIVIDUAL, mix, edits, Border.RESAMPLE);
  }

  public Mutation withProbability(double newProbability) {
    return new Mutation(newProbability, per, mix, edits, border);
  }

  public Mutation withPer(Per newPer) {
    return new Mutation(probability, newPer, mix, edits, border);
  }

  public Mutation withMix(EditMix newMix) {
    return new Mutation(probability, per, newMix, edits, border);
  }

  public Mutation withEdits(EditSchedule newEdits) {
    return new Mutation(probability, per, mix, newEdits, border);
  }

  public Mutation withBorder(Border newBorder) {
    return new Mutation(probability, per, mix, edits, newBorder);
  }

  /** The genome or a changed one; only pixels in the region change. */
  BlackPixels mutate(BlackPixels genome, Region region, int generation, RandomGenerator random) {
    return mutate(genome, new Step(generation, region, random), (kind, edit) -> {});
  }

  /** As above; {@code made} hears of each edit and its kind. */
  BlackPixels mutate(BlackPixels genome, Step step, BiConsumer<String, Edit> made) {
    if (per == Per.PIXEL) {
      return flipped(genome, step, made);
    }
    RandomGenerator random = step.random();
    if (random.nextDouble() >= probability) {
      return genome;
    }
    BlackPixels changed = genome;
    for (int left = edits.draw(step.generation(), random); left > 0; left--) {
      EditKind kind = mix.draw(random);
      Optional<Edit> edit = kind.draw(changed, step.region(), border, random);
      if (edit.isPresent()) {
        changed = edit.get().apply(changed);
        made.accept(kind.label(), edit.get());
      }
    }
    return changed;
  }

  private BlackPixels flipped(BlackPixels genome, Step step, BiConsumer<String, Edit> made) {
    BlackPixels pixels = Sites.eachWith(probability, step.region(), step.random());
    if (pixels.count() == 0) {
      return genome;
    }
    Edit flip = new Edit.Flip(pixels);
    made.accept("flip", flip);
    return flip.apply(genome);
  }
}
