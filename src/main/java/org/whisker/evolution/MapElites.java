package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.option.Entry;
import org.whisker.value.Checks;

/**
 * MAP-Elites (Mouret and Clune, arXiv 1504.04909): an archive with the fittest image of each kind,
 * where the kind is how many pixels are black, in powers of 2, and where they lie, the edge index E
 * in {@code bins} parts. Children are mutations of elites drawn with equal probability, so that the
 * search keeps images in the middle and at the edge, of few and of many pixels, whatever their
 * fitness. The population is the archive, in the order of its cells. Positional bias: that of the
 * mutation.
 *
 * @param children of a generation, at least 2; as many founders
 * @param mutation its probability per individual is ignored, since a child that equals its parent
 *     is of no use
 * @param bins parts of E, at least 1
 */
@Entry("map-elites")
public record MapElites(@Entry("population") int children, Mutation mutation, int bins)
    implements SearchMethod {
  /** The usual number of parts of E. */
  public static final int BINS = 8;

  public MapElites {
    PopulationSize.check(children);
    Checks.refuse(bins < 1, "bins must be at least 1, were %s", bins);
    mutation = mutation.always();
  }

  @Override
  public int population() {
    return children;
  }

  @Override
  public List<BlackPixels> founders(FounderRule founders, GenerationContext context) {
    return founders.draw(children, context);
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    RandomGenerator random = context.random();
    List<BlackPixels> tries = new ArrayList<>(children);
    for (int i = 0; i < children; i++) {
      BlackPixels parent = current.get(random.nextInt(current.size())).genome();
      tries.add(mutation.mutate(parent, context.region(), context.generation(), random));
    }
    return tries;
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    EdgeRank ranks = new EdgeRank(context.region().canvas());
    TreeMap<Integer, Individual> archive = new TreeMap<>();
    current.individuals().forEach(elite -> enter(archive, elite, ranks));
    scored.forEach(child -> enter(archive, child, ranks));
    return new Population(List.copyOf(archive.values()));
  }

  private void enter(TreeMap<Integer, Individual> archive, Individual one, EdgeRank ranks) {
    archive.merge(cell(one.genome(), ranks), one, (a, b) -> b.fitness() >= a.fitness() ? b : a);
  }

  /** The cell of an image; white has one of its own. */
  int cell(BlackPixels image, EdgeRank ranks) {
    if (image.count() == 0) {
      return -1;
    }
    int size = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(image.count());
    int place = (int) (ranks.edgeIndex(image).orElseThrow() * bins);
    return size * bins + Math.min(place, bins - 1);
  }
}
