package org.whisker.evolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.option.Entry;

/**
 * Greedy forward selection from the white image, one pixel at a time. First, each single black
 * pixel on a grid over the region is scored (the probes). Then, in each generation, the next
 * candidates in the order of their probe scores are each added to the current image, and the best
 * is kept if it improves fitness. Candidates that did not improve it are dropped; those that did,
 * but less than the best, are tried first in the next generation. The search ends when no candidate
 * is left.
 *
 * <p>Positional bias: none of its own beyond the single-pixel probes. The population is the current
 * image, followed by the candidates as one-pixel images. Founders are ignored.
 *
 * @param population candidates tried in a generation, at least 1
 * @param stride the stride of the grid, in pixels; 1 probes every position, which is expensive
 */
@Entry("greedy")
public record Greedy(int population, int stride) implements SearchMethod {
  /** The usual stride of the grid. */
  public static final int STRIDE = 4;

  private static final Comparator<Individual> FITTEST_FIRST =
      Comparator.comparingDouble(Individual::fitness).reversed();

  public Greedy {
    if (population < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "population and stride must be at least 1, were " + population + " and " + stride);
    }
  }

  /** The white image, and the first probes. */
  @Override
  public List<BlackPixels> founders(FounderRule founders, GenerationContext context) {
    return Stream.concat(
            Stream.of(BlackPixels.none(context.region().canvas())), probes(-1, context))
        .toList();
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    if (isProbing(current)) {
      return probes(lastProbed(current), context).toList();
    }
    BlackPixels image = current.get(0).genome();
    return candidates(current).stream()
        .limit(population)
        .map(candidate -> image.with(candidate.genome().get(0)))
        .toList();
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    if (!isProbing(current)) {
      return added(current, scored);
    }
    List<Individual> all = new ArrayList<>(current.individuals());
    all.addAll(scored);
    Population probed = new Population(all);
    boolean more = probes(lastProbed(probed), context).findAny().isPresent();
    return more || all.size() == 1 ? probed : begun(probed);
  }

  @Override
  public boolean exhausted(Population current) {
    return !isProbing(current) && current.size() == 1;
  }

  /** The current image is white until all probes are scored. */
  private static boolean isProbing(Population current) {
    return current.get(0).genome().count() == 0;
  }

  private static List<Individual> candidates(Population current) {
    return current.individuals().subList(1, current.size());
  }

  /** Index of the last probe scored (probes are in row-major order); -1 before the first. */
  private static int lastProbed(Population current) {
    return current.size() == 1 ? -1 : current.get(current.size() - 1).genome().get(0);
  }

  private Stream<BlackPixels> probes(int after, GenerationContext context) {
    Region region = context.region();
    Canvas canvas = region.canvas();
    return IntStream.range(0, region.size())
        .map(region::get)
        .filter(pixel -> pixel > after)
        .filter(pixel -> canvas.x(pixel) % stride == 0 && canvas.y(pixel) % stride == 0)
        .limit(population)
        .mapToObj(pixel -> BlackPixels.of(canvas, pixel));
  }

  /** The best probe becomes the current image, even if it is no fitter than white. */
  private static Population begun(Population probed) {
    return new Population(candidates(probed).stream().sorted(FITTEST_FIRST).toList());
  }

  private static Population added(Population current, List<Individual> scored) {
    Individual image = current.get(0);
    List<Individual> candidates = candidates(current);
    List<Integer> helpful =
        IntStream.range(0, scored.size())
            .filter(i -> scored.get(i).fitness() > image.fitness())
            .boxed()
            .sorted(Comparator.comparing(scored::get, FITTEST_FIRST))
            .toList();
    List<Individual> next = new ArrayList<>();
    next.add(helpful.isEmpty() ? image : scored.get(helpful.get(0)));
    helpful.stream().skip(1).map(candidates::get).forEach(next::add);
    next.addAll(candidates.subList(scored.size(), candidates.size()));
    return new Population(next);
  }
}
