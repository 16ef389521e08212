package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.image.Canvas;
import org.whisker.position.DensityProfile.MeanDensity;
import org.whisker.position.DensityProfile.RunMean;
import org.whisker.stats.Holm;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/**
 * Whether black pixels prefer some columns or rows to their neighbours, as strides would cause:
 * their density by x or y modulo 2, 4, 8, 16 and 32.
 *
 * <p>The statistic is the variance, over the residues, of the mean relative density. Under the null
 * hypothesis each run could equally well lie some columns further on: its residues are rolled by a
 * random amount, as by a toroidal shift of the whole run, which preserves the clustering of its
 * pixels. The run is the unit. A preference for the border itself is also uneven modulo 32, so the
 * test is repeated without the pixels within one modulus of either border; the effect of a stride
 * remains visible there.
 *
 * @param axis {@code x} or {@code y}
 * @param modulus at least 2
 * @param residues from 0 to modulus − 1, with Student's intervals
 * @param whole over all pixels; empty for a single run, which cannot be tested
 * @param inner without the pixels near the border; empty if less than two moduli remain, or fewer
 *     than two runs have a pixel there
 */
public record Residues(
    String axis, int modulus, List<MeanDensity> residues, OptionalTest whole, OptionalTest inner) {
  private static final List<Integer> MODULI = List.of(2, 4, 8, 16, 32);

  /**
   * A test, if it was possible.
   *
   * @param variance the variance of the mean relative density over the residues
   * @param rolled mean of that variance over all ways to roll the runs
   * @param p one-sided
   * @param pHolm corrected for all axes and moduli
   */
  public record OptionalTest(
      OptionalDouble variance, OptionalDouble rolled, OptionalDouble p, OptionalDouble pHolm) {
    static final OptionalTest NONE =
        new OptionalTest(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
  }

  public Residues {
    residues = List.copyOf(residues);
    Checks.refuse(residues.size() != modulus, "%s residues modulo %s", residues.size(), modulus);
  }

  /**
   * Tests both axes by all moduli that the canvas has room for; their p are corrected for each
   * other.
   *
   * @param runs all with a black pixel
   */
  static List<Residues> all(PixelTable runs, RandomGenerator random) {
    List<Residues> all = new ArrayList<>();
    for (ResidueCounts.Axis axis : ResidueCounts.Axis.values()) {
      for (int modulus : MODULI) {
        if (modulus <= axis.length(runs.canvas())) {
          all.add(of(runs, axis, modulus, random));
        }
      }
    }
    return corrected(all);
  }

  private static Residues of(
      PixelTable runs, ResidueCounts.Axis axis, int modulus, RandomGenerator random) {
    ResidueCounts whole = ResidueCounts.whole(runs, axis, modulus);
    ResidueCounts inner = ResidueCounts.inner(runs, axis, modulus);
    List<MeanDensity> residues = new ArrayList<>();
    for (int residue = 0; residue < modulus; residue++) {
      residues.add(MeanDensity.of(RunMean.student(whole.densities(residue))));
    }
    return new Residues(axis.label(), modulus, residues, test(whole, random), test(inner, random));
  }

  private static OptionalTest test(ResidueCounts counts, RandomGenerator random) {
    if (counts.runs() < 2) {
      return OptionalTest.NONE;
    }
    return new OptionalTest(
        OptionalDouble.of(counts.variance()),
        OptionalDouble.of(counts.rolledVariance()),
        OptionalDouble.of(counts.p(counts.affordableDraws(), random)),
        OptionalDouble.empty());
  }

  private static List<Residues> corrected(List<Residues> all) {
    List<OptionalTest> whole = correctedTests(all.stream().map(Residues::whole).toList());
    List<OptionalTest> inner = correctedTests(all.stream().map(Residues::inner).toList());
    List<Residues> corrected = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Residues r = all.get(i);
      corrected.add(new Residues(r.axis, r.modulus, r.residues, whole.get(i), inner.get(i)));
    }
    return corrected;
  }

  private static List<OptionalTest> correctedTests(List<OptionalTest> tests) {
    double[] made =
        tests.stream()
            .filter(test -> test.p().isPresent())
            .mapToDouble(test -> test.p().getAsDouble())
            .toArray();
    var next = Arrays.stream(Holm.adjust(made)).iterator();
    return tests.stream()
        .map(
            test ->
                test.p().isPresent()
                    ? new OptionalTest(
                        test.variance(), test.rolled(), test.p(), OptionalDouble.of(next.next()))
                    : test)
        .toList();
  }

  /** The relative density of each run by residue along one axis. */
  record ResidueCounts(int modulus, List<double[]> doubled) {
    private static final int MOST_DRAWS = 999;
    private static final int FEWEST_DRAWS = 199;
    private static final long MOST_ADDITIONS = 20_000_000;
    private static final double ROUNDING = 1e-12;
    private static final double NOISE = 1e-15;

    /** The axis along which residues are taken. */
    enum Axis implements Labelled {
      X,
      Y;

      int length(Canvas canvas) {
        return this == X ? canvas.width() : canvas.height();
      }

      private int of(PixelTable runs, int at) {
        return this == X ? runs.x(at) : runs.y(at);
      }
    }

    // Each run's densities, stored twice in a row, so that rolling them needs no wrapping.

    static ResidueCounts whole(PixelTable runs, Axis axis, int modulus) {
      return between(runs, axis, modulus, 0, axis.length(runs.canvas()));
    }

    /**
     * Counts the residues of pixels that are a modulus or more from both borders; counts no run
     * where few pixels are left.
     */
    static ResidueCounts inner(PixelTable runs, Axis axis, int modulus) {
      int length = axis.length(runs.canvas());
      return length < 4 * modulus
          ? new ResidueCounts(modulus, List.of())
          : between(runs, axis, modulus, modulus, length - modulus);
    }

    private static ResidueCounts between(
        PixelTable runs, Axis axis, int modulus, int from, int to) {
      double[] area = new double[modulus];
      for (int i = from; i < to; i++) {
        area[i % modulus] += 1.0 / (to - from);
      }
      List<double[]> doubled = new ArrayList<>();
      for (int run = 0; run < runs.runs(); run++) {
        int[] count = new int[modulus];
        int all = 0;
        for (int at = runs.begin(run); at < runs.begin(run + 1); at++) {
          int place = axis.of(runs, at);
          if (place >= from && place < to) {
            count[place % modulus]++;
            all++;
          }
        }
        if (all > 0) {
          doubled.add(doubled(count, all, area));
        }
      }
      return new ResidueCounts(modulus, doubled);
    }

    private static double[] doubled(int[] count, int all, double[] area) {
      int modulus = count.length;
      double[] density = new double[2 * modulus];
      for (int i = 0; i < density.length; i++) {
        density[i] = count[i % modulus] / (all * area[i % modulus]);
      }
      return density;
    }

    /** The number of runs that have a counted pixel. */
    int runs() {
      return doubled.size();
    }

    /** The relative density at one residue in each run. */
    double[] densities(int residue) {
      return doubled.stream().mapToDouble(run -> run[residue]).toArray();
    }

    /** The variance, over residues, of the mean over runs. */
    double variance() {
      double[] sum = new double[modulus];
      for (double[] run : doubled) {
        add(sum, run, 0);
      }
      return variance(sum);
    }

    /**
     * The mean of {@link #variance()} over all ways in which each run can be rolled: what runs that
     * do not agree have.
     */
    double rolledVariance() {
      double sum = 0;
      for (double[] run : doubled) {
        double mean = 0;
        for (int i = 0; i < modulus; i++) {
          mean += run[i] / modulus;
        }
        for (int i = 0; i < modulus; i++) {
          sum += (run[i] - mean) * (run[i] - mean) / modulus;
        }
      }
      return sum / runs() / runs();
    }

    /** Number of draws that are affordable where there may be thousands of runs. */
    int affordableDraws() {
      long affordable = MOST_ADDITIONS / ((long) modulus * runs());
      return (int) Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, affordable));
    }

    /** The share of rolled runs that vary at least as much as these, including these. */
    double p(int draws, RandomGenerator random) {
      double observed = variance();
      int extreme = 0;
      double[] sum = new double[modulus];
      for (int draw = 0; draw < draws; draw++) {
        Arrays.fill(sum, 0);
        for (double[] run : doubled) {
          add(sum, run, random.nextInt(modulus));
        }
        extreme += variance(sum) >= observed * (1 - ROUNDING) - NOISE ? 1 : 0;
      }
      return (extreme + 1.0) / (draws + 1.0);
    }

    private static void add(double[] sum, double[] run, int rolledBy) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += run[i + rolledBy];
      }
    }

    private double variance(double[] sum) {
      double mean = 0;
      for (double value : sum) {
        mean += value / modulus;
      }
      double squares = 0;
      for (double value : sum) {
        squares += (value - mean) * (value - mean);
      }
      return squares / modulus / runs() / runs();
    }
  }
}
