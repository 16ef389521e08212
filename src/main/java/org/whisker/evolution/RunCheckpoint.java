package org.whisker.evolution;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Binary form of a paused run: big-endian, the state (scalars, the best individual, the population)
 * followed by the score cache. References the live cache, not a copy: write it before the run
 * continues.
 */
public record RunCheckpoint(RunState state, ScoreCache cache) {
  private static final int LEAST_INDIVIDUAL = Integer.BYTES + Float.BYTES + Double.BYTES;

  /** The current state of a run. */
  public static RunCheckpoint of(EvolutionRun run) {
    return new RunCheckpoint(run.state(), run.cache());
  }

  /** Writes the checkpoint to a stream, which should be buffered. */
  public void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(state.seed());
    out.writeInt(state.generation());
    out.writeInt(state.lastImproved());
    out.writeLong(state.randomState());
    out.writeLong(state.evaluations());
    out.writeLong(state.cacheHits());
    write(out, state.best());
    out.writeInt(state.population().size());
    for (Individual individual : state.population().individuals()) {
      write(out, individual);
    }
    state.population().tally().writeTo(out);
    cache.writeTo(out);
  }

  /**
   * Reads what {@link #writeTo} wrote. Memory use is bounded by a small multiple of {@code most},
   * whatever the content.
   *
   * @param most maximum number of bytes available
   * @param canvas the canvas of the images
   * @param cacheCapacity see {@link ScoreCache}
   * @throws IOException if the content is inconsistent with the canvas or truncated
   */
  public static RunCheckpoint read(DataInputStream in, long most, Canvas canvas, int cacheCapacity)
      throws IOException {
    try {
      RunState state = readState(in, most, canvas);
      return new RunCheckpoint(state, ScoreCache.read(in, most, cacheCapacity));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e); // invalid content, such as unordered pixels or NaN
    }
  }

  private static RunState readState(DataInputStream in, long most, Canvas canvas)
      throws IOException {
    long seed = in.readLong();
    int generation = in.readInt();
    int lastImproved = in.readInt();
    long randomState = in.readLong();
    long evaluations = in.readLong();
    long cacheHits = in.readLong();
    if (lastImproved < 0 || generation < lastImproved || evaluations < 0 || cacheHits < 0) {
      throw new IOException("generation " + generation + ", last improved in " + lastImproved);
    }
    Individual best = readIndividual(in, most, canvas);
    Population population =
        new Population(readIndividuals(in, most, canvas), PixelTally.read(in, canvas));
    return new RunState(
        seed, generation, population, best, lastImproved, randomState, evaluations, cacheHits);
  }

  private static List<Individual> readIndividuals(DataInputStream in, long most, Canvas canvas)
      throws IOException {
    int size = count(in.readInt(), most, LEAST_INDIVIDUAL);
    List<Individual> individuals = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      individuals.add(readIndividual(in, most, canvas));
    }
    return individuals;
  }

  private static void write(DataOutputStream out, Individual individual) throws IOException {
    out.writeFloat(individual.logit());
    out.writeDouble(individual.fitness());
    BlackPixels genome = individual.genome();
    out.writeInt(genome.count());
    for (int i = 0; i < genome.count(); i++) {
      out.writeInt(genome.get(i));
    }
  }

  private static Individual readIndividual(DataInputStream in, long most, Canvas canvas)
      throws IOException {
    float logit = in.readFloat();
    double fitness = in.readDouble();
    int[] pixels = new int[count(in.readInt(), most, Integer.BYTES)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = in.readInt();
    }
    return new Individual(BlackPixels.ofSorted(canvas, pixels, pixels.length), logit, fitness);
  }

  /** Checks a claimed element count against the bytes available. */
  private static int count(int claimed, long most, int bytesEach) throws IOException {
    if (claimed < 0 || (long) claimed * bytesEach > most) {
      throw new IOException(claimed + " of " + bytesEach + " bytes each, in " + most + " bytes");
    }
    return claimed;
  }

  /**
   * The complete state of a run between two generations except its score cache; from both, it
   * resumes exactly as if never paused.
   *
   * <p>Population and best hold the fitness under the λ of this generation.
   *
   * @param generation number of generations bred after the founders
   * @param best the fittest individual so far
   * @param lastImproved generation of the last improvement of the best
   * @param randomState state of the run's random generator
   * @param evaluations genomes scored
   * @param cacheHits number of cache hits
   */
  public record RunState(
      long seed,
      int generation,
      Population population,
      Individual best,
      int lastImproved,
      long randomState,
      long evaluations,
      long cacheHits) {}
}
