package org.whisker.evolution;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.evolution.SearchMethod.GenerationContext;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.evolution.operator.Sites;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;
import org.whisker.option.Entry;
import org.whisker.option.Records;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/**
 * Mutation operator: with some probability one or several edits per individual, a binomial number
 * of edits per gene, or independent flips per pixel.
 *
 * <p>Per individual, an edit that is impossible for the genome (such as removing from a white
 * image) is skipped.
 *
 * <p>Per gene, each black pixel of the genome brings about an edit with that probability,
 * independently of the others, so that the number of edits is binomial; its schedule plays no part.
 * A white genome counts as one gene: otherwise it could never gain a pixel.
 *
 * <p>Per pixel, each pixel of the region flips (white to black, black to white) with that
 * probability, independently of all others: no positional bias. Mix, edits and border are unused.
 * The gaps between flipped pixels are drawn from a geometric distribution, so that the number of
 * flips is binomial and the cost is proportional to it.
 *
 * @param probability per individual, gene or pixel, 0 to 1
 * @param mix relative frequency of each kind of edit
 * @param edits number of edits per mutation
 * @param border treatment of a nudge across the border
 * @param atOnce number of black pixels that an edit of the kind {@code add} adds at once, at least
 *     1: drawn uniformly, so that fewer are new where some are black already
 */
public record Mutation(
    @Entry("mutation_probability") double probability,
    @Entry("mutation_rate_per") Per per,
    @Entry("edit_mix") EditMix mix,
    @Entry("edit_schedule") EditSchedule edits,
    Border border,
    @Entry(value = "added_at_once", unless = "1") int atOnce) {
  /** The unit to which the probability applies. */
  public enum Per implements Labelled {
    INDIVIDUAL,
    GENE,
    PIXEL;

    /** The unit with this label. */
    public static Per parse(String label) {
      return Labelled.parse("mutation rate per", values(), label);
    }
  }

  public Mutation {
    Checks.probability("mutation probability", probability);
    Checks.refuse(atOnce < 1, "pixels added at once must be at least 1: %s", atOnce);
  }

  /** One pixel added at a time. */
  public Mutation(double probability, Per per, EditMix mix, EditSchedule edits, Border border) {
    this(probability, per, mix, edits, border, 1);
  }

  /** Per individual; a nudge over the border is drawn again. */
  public Mutation(double probability, EditMix mix, EditSchedule edits) {
    this(probability, Per.INDIVIDUAL, mix, edits, Border.RESAMPLE);
  }

  /** The share of children that are mutated, for genomes of some ten black pixels. */
  double changed() {
    int units =
        switch (per) {
          case INDIVIDUAL -> 1;
          case GENE -> 10;
          case PIXEL -> 10_000;
        };
    return 1 - Math.pow(1 - probability, units);
  }

  public Mutation withProbability(double newProbability) {
    return Records.changed(this, Mutation::probability).to(newProbability);
  }

  /** A copy that mutates every individual; itself if its probability is per gene or pixel. */
  Mutation always() {
    return per == Per.INDIVIDUAL ? withProbability(1) : this;
  }

  public Mutation withPer(Per newPer) {
    return Records.changed(this, Mutation::per).to(newPer);
  }

  public Mutation withMix(EditMix newMix) {
    return Records.changed(this, Mutation::mix).to(newMix);
  }

  public Mutation withEdits(EditSchedule newEdits) {
    return Records.changed(this, Mutation::edits).to(newEdits);
  }

  public Mutation withBorder(Border newBorder) {
    return Records.changed(this, Mutation::border).to(newBorder);
  }

  /** A copy that adds so many black pixels at once where it adds one. */
  public Mutation withAtOnce(int pixels) {
    return Records.changed(this, Mutation::atOnce).to(pixels);
  }

  /** The genome or a changed one; only pixels in the region change. */
  public BlackPixels mutate(
      BlackPixels genome, Region region, int generation, RandomGenerator random) {
    GenerationContext context = new GenerationContext(generation, region, random);
    if (per == Per.PIXEL) {
      return flipped(genome, context);
    }
    BlackPixels changed = genome;
    for (int left = edits(genome, context); left > 0; left--) {
      EditKind kind = mix.draw(random);
      Optional<Edit> edit =
          kind == EditKind.ADD && atOnce > 1
              ? Optional.of(several(context))
              : kind.draw(changed, context.region(), border, random);
      if (edit.isPresent()) {
        changed = edit.get().apply(changed);
      }
    }
    return changed;
  }

  /** Draws several pixels at once; all of the region where that is smaller. */
  private Edit several(GenerationContext context) {
    int count = Math.min(atOnce, context.region().size());
    return new Edit.Draw(Sites.distinct(context.region(), count, context.random()));
  }

  /** How many edits are made. */
  private int edits(BlackPixels genome, GenerationContext context) {
    RandomGenerator random = context.random();
    if (per == Per.INDIVIDUAL) {
      return random.nextDouble() < probability ? edits.draw(context.generation(), random) : 0;
    }
    int genes = Math.max(1, genome.count());
    return (int) IntStream.range(0, genes).filter(i -> random.nextDouble() < probability).count();
  }

  private BlackPixels flipped(BlackPixels genome, GenerationContext context) {
    BlackPixels pixels = Sites.eachWith(probability, context.region(), context.random());
    return pixels.count() == 0 ? genome : new Edit.Flip(pixels).apply(genome);
  }
}
