package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.position.PixelTable.Runs;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * The density of black pixels from the border inwards: in each {@linkplain EdgeBins bin}, the share
 * of a run's black pixels divided by the bin's share of the canvas. 1 is the density expected by
 * chance; the area-weighted mean over the bins is 1 in every run.
 *
 * @param bins from the border inwards
 * @param runs number of runs with a black pixel, which enter the profile with equal weight
 * @param whiteRuns number of runs without one, which are left out
 */
public record DensityProfile(List<DensityBin> bins, int runs, int whiteRuns) {

  /** One bin of the profile, a row of {@value #FILE}. */
  public record DensityBin(@Column(meaning = "the rings") RingRange where, MeanDensity mean) {
    public static final String FILE = "density_profile.csv";
    public static final Table<DensityBin> TABLE = Table.of(DensityBin.class, FILE);
  }

  /** The density of black pixels somewhere on the canvas, as columns of a table. */
  public record MeanDensity(
      @Column(
              meaning =
                  "density relative to a uniform distribution, mean over runs: 1 is "
                      + "expected by chance")
          double density,
      @Column(
              meaning =
                  "lower end of the 95 % confidence interval over runs, not truncated "
                      + "at 0; empty for a single run")
          OptionalDouble ciLow,
      OptionalDouble ciHigh) {
    public MeanDensity {
      Checks.require(
          density >= 0 && Double.isFinite(density), "density must be at least 0, was %s", density);
    }

    static MeanDensity of(RunMean mean) {
      return new MeanDensity(mean.mean(), mean.low(), mean.high());
    }
  }

  public DensityProfile {
    bins = List.copyOf(bins);
    if (runs < 1 || whiteRuns < 0) {
      throw new IllegalArgumentException(
          "a profile needs a run with a black pixel, has " + runs + " and " + whiteRuns + " white");
    }
  }

  /**
   * The profile in {@value EdgeBins#DEFAULT_PARTS} bins.
   *
   * @param runs the final image of each, all on one canvas
   * @throws IllegalArgumentException if no run has a black pixel
   */
  public static DensityProfile of(List<BlackPixels> runs, RandomGenerator random) {
    return of(runs, EdgeBins.DEFAULT_PARTS, random);
  }

  /** A density profile with u cut into {@code parts} bins. */
  public static DensityProfile of(List<BlackPixels> runs, int parts, RandomGenerator random) {
    Canvas canvas = Runs.canvas(runs);
    List<BlackPixels> marked = Runs.marked(runs);
    Checks.refuse(marked.isEmpty(), "none of %s runs has a black pixel", runs.size());
    EdgeBins edgeBins = new EdgeBins(canvas, parts);
    List<double[]> densities = marked.stream().map(run -> densities(edgeBins, run)).toList();
    List<DensityBin> bins = new ArrayList<>();
    for (int bin = 0; bin < edgeBins.bins().size(); bin++) {
      int at = bin;
      double[] perRun = densities.stream().mapToDouble(of -> of[at]).toArray();
      bins.add(bin(edgeBins.bins().get(bin), perRun, random));
    }
    return new DensityProfile(bins, marked.size(), runs.size() - marked.size());
  }

  private static double[] densities(EdgeBins bins, BlackPixels run) {
    double[] density = new double[bins.bins().size()];
    for (int i = 0; i < run.count(); i++) {
      density[bins.binOf(run.get(i))]++;
    }
    for (int bin = 0; bin < density.length; bin++) {
      double area = (double) bins.bins().get(bin).pixels() / bins.canvas().pixels();
      density[bin] /= area * run.count();
    }
    return density;
  }

  private static DensityBin bin(EdgeBin where, double[] perRun, RandomGenerator random) {
    return new DensityBin(RingRange.of(where), MeanDensity.of(RunMean.of(perRun, random)));
  }

  /**
   * A mean over runs with its 95 % interval.
   *
   * @param low the lower end of the interval; empty for a single run
   * @param high the upper end of the interval; empty for a single run
   */
  record RunMean(double mean, OptionalDouble low, OptionalDouble high) {
    private static final double LEVEL = 0.95;

    /**
     * Number of runs from which on resampling is slow and the bootstrap-t hardly differs from
     * Student's.
     */
    private static final int MANY_RUNS = 1_000;

    /**
     * Mean of values from 0 to 1, with an interval that stays there and reckons with runs of
     * another kind that happened not to be drawn ({@link BoundedInterval}), or with Student's from
     * {@value #MANY_RUNS} runs on.
     */
    static RunMean ofShares(double[] perRun, RandomGenerator random) {
      if (perRun.length < 2 || perRun.length >= MANY_RUNS) {
        return student(perRun);
      }
      return of(perRun, BoundedInterval.ofShares().mean(perRun, random));
    }

    /**
     * Mean with an interval by the bootstrap, or by Student's from {@value #MANY_RUNS} runs on; not
     * clipped to any range.
     */
    static RunMean of(double[] perRun, RandomGenerator random) {
      if (perRun.length < 2 || perRun.length >= MANY_RUNS) {
        return student(perRun);
      }
      return of(perRun, Bootstrap.standard().mean(perRun, random));
    }

    /** The mean with Student's interval, whatever the number of runs. */
    static RunMean student(double[] perRun) {
      if (perRun.length < 2) {
        double mean = Summary.of(perRun).mean();
        return new RunMean(mean, OptionalDouble.empty(), OptionalDouble.empty());
      }
      return of(perRun, Estimate.studentInterval(perRun, LEVEL));
    }

    private static RunMean of(double[] perRun, Interval interval) {
      return new RunMean(
          Summary.of(perRun).mean(),
          OptionalDouble.of(interval.low()),
          OptionalDouble.of(interval.high()));
    }
  }
}
