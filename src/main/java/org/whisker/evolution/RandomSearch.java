package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.operator.Sites;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;
import org.whisker.option.Entry;
import org.whisker.value.Checks;

/**
 * Random search: independent images. The number of black pixels is log-uniform, their positions are
 * uniform: no positional bias. The founders are drawn the same way.
 *
 * @param population images in a generation, including the best so far; at least 2
 * @param mostPixels maximum number of black pixels, at least 1; limited by the size of the region
 */
@Entry("random")
public record RandomSearch(int population, int mostPixels) implements SearchMethod {
  /** The usual maximum number of black pixels. */
  public static final int MOST_PIXELS = 1000;

  public RandomSearch {
    PopulationSize.check(population);
    Checks.refuse(mostPixels < 1, "pixels must be at least 1, were %s", mostPixels);
  }

  @Override
  public List<BlackPixels> founders(FounderRule founders, GenerationContext context) {
    return images(population, context);
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    return images(population - 1, context);
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    List<Individual> next = new ArrayList<>(population);
    next.add(current.best());
    next.addAll(scored);
    return new Population(next);
  }

  private List<BlackPixels> images(int count, GenerationContext context) {
    List<BlackPixels> images = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      images.add(image(context.region(), context.random()));
    }
    return images;
  }

  private BlackPixels image(Region region, RandomGenerator random) {
    int most = Math.min(mostPixels, region.size());
    int pixels = (int) Math.min(most, Math.exp(random.nextDouble() * Math.log(most + 1.0)));
    return Sites.distinct(region, Math.max(1, pixels), random);
  }
}
