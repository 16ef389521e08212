package org.whisker.evolution;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/**
 * Changes a child with some probability, by one edit or several. An edit that a genome does not
 * offer (removing from white) is left out.
 *
 * @param probability per individual, 0 to 1
 */
public record Mutation(double probability, EditMix mix, EditSchedule edits) {
  public Mutation {
    Probability.check("mutation probability", probability);
  }

  public Mutation withProbability(double newProbability) {
    return new Mutation(newProbability, mix, edits);
  }

  public Mutation withMix(EditMix newMix) {
    return new Mutation(probability, newMix, edits);
  }

  public Mutation withEdits(EditSchedule newEdits) {
    return new Mutation(probability, mix, newEdits);
  }

  /** The genome or a changed one; only pixels in the region change. */
  BlackPixels mutate(BlackPixels genome, Region region, int generation, RandomGenerator random) {
    if (random.nextDouble() >= probability) {
      return genome;
    }
    BlackPixels changed = genome;
    for (int left = edits.draw(generation, random); left > 0; left--) {
      Optional<Edit> edit = mix.draw(random).draw(changed, region, random);
      if (edit.isPresent()) {
        changed = edit.get().apply(changed);
      }
    }
    return changed;
  }
}
