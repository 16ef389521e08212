package org.whisker.boundary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.ImagePath.StraightPath;
import org.whisker.boundary.PathProfile.PathBand;
import org.whisker.classifier.Classifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;

/**
 * All paths between two pictures.
 *
 * @param differing number of pixels in which the pictures differ
 * @param block pixels per scanned step of the pixel paths
 * @param paths in the order of {@code PathKind}
 */
public record BoundaryPaths(
    Raster from, Raster to, int differing, int block, List<ScoredPath> paths) {
  public BoundaryPaths {
    paths = List.copyOf(paths);
  }

  /** Receives the progress along a path. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Reports progress.
     *
     * @param done number of the kind's steps that are done
     * @param total the steps of this kind
     */
    void step(PathKind kind, int done, int total);
  }

  public List<ScoredPath> of(PathKind kind) {
    return paths.stream().filter(path -> path.kind() == kind).toList();
  }

  /**
   * The spread over the random orders, if there are any.
   *
   * @param probability whether of p(target); otherwise of the logit against the target
   */
  public Optional<PathBand> band(boolean probability) {
    List<PathProfile> random = of(PathKind.RANDOM).stream().map(ScoredPath::profile).toList();
    return random.isEmpty() ? Optional.empty() : Optional.of(PathBand.of(random, probability));
  }

  /**
   * Finds and scores the paths.
   *
   * @param batch pictures in one call, at least 1
   * @throws IllegalArgumentException if the pictures are the same, or differ in size
   */
  public static BoundaryPaths of(
      Classifier classifier,
      Raster from,
      Raster to,
      PathOptions options,
      int batch,
      Listener listener) {
    int differing = PixelOrders.differing(from, to);
    Checks.refuse(differing == 0, "both pictures are the same; no path lies between them");
    Finder finder =
        new Finder(
            classifier,
            from,
            to,
            options,
            differing,
            PixelPath.blockFor(differing, options.steps()),
            batch,
            listener);
    List<ScoredPath> paths = new ArrayList<>();
    for (PathKind kind : options.kinds()) {
      paths.addAll(finder.find(kind));
    }
    return new BoundaryPaths(from, to, differing, finder.block, paths);
  }

  /**
   * The order in which the pixels of a random path change.
   *
   * @param draw which of the random paths, from 1
   */
  public static int[] randomOrder(Raster from, Raster to, long seed, int draw) {
    return PixelOrders.random(from, to, SplitMix64.stream(seed, "path random", draw));
  }

  private record Finder(
      Classifier classifier,
      Raster from,
      Raster to,
      PathOptions options,
      int differing,
      int block,
      int batch,
      Listener listener) {

    List<ScoredPath> find(PathKind kind) {
      return switch (kind) {
        case BEST_FIRST, WORST_FIRST -> List.of(greedy(kind));
        case OUTWARD_IN -> List.of(along(kind, PixelOrders.inwards(from, to, ties(kind))));
        case INWARD_OUT -> List.of(along(kind, PixelOrders.outwards(from, to, ties(kind))));
        case RANDOM -> random();
        case STRAIGHT -> List.of(straight());
      };
    }

    private SplitMix64 ties(PathKind kind) {
      return SplitMix64.stream(options.seed(), "path " + kind.label(), 0);
    }

    private ScoredPath greedy(PathKind kind) {
      GreedyOrder order =
          new GreedyOrder(kind == PathKind.BEST_FIRST, block, options.candidates(), batch);
      int[] pixels = order.of(classifier, from, to, done -> listener.step(kind, done, differing));
      return score(kind, 0, new PixelPath(from, to, pixels, block), done -> {});
    }

    private ScoredPath along(PathKind kind, int[] pixels) {
      PixelPath path = new PixelPath(from, to, pixels, block);
      int total = path.scan().size();
      return score(kind, 0, path, done -> listener.step(kind, done, total));
    }

    private List<ScoredPath> random() {
      List<ScoredPath> drawn = new ArrayList<>();
      for (int draw = 1; draw <= options.draws(); draw++) {
        int[] pixels = randomOrder(from, to, options.seed(), draw);
        drawn.add(score(PathKind.RANDOM, draw, new PixelPath(from, to, pixels, block), done -> {}));
        listener.step(PathKind.RANDOM, draw, options.draws());
      }
      return drawn;
    }

    private ScoredPath straight() {
      StraightPath path = new StraightPath(from, to, options.lineSteps(), options.tolerance());
      int total = options.lineSteps() + 1;
      return score(
          PathKind.STRAIGHT, 0, path, done -> listener.step(PathKind.STRAIGHT, done, total));
    }

    private ScoredPath score(PathKind kind, int draw, ImagePath path, IntConsumer progress) {
      PathProfile profile = PathProfile.of(classifier, path, batch, progress);
      return new ScoredPath(kind, draw, path, profile);
    }
  }

  /**
   * A path and its profile.
   *
   * @param draw which of the random orders, from 1; 0 for every other kind
   */
  public record ScoredPath(PathKind kind, int draw, ImagePath path, PathProfile profile) {}

  /**
   * The order in which each step changes the pixel that moves the logit most towards the path's end
   * (best first), or least (worst first: most away from it). "Towards the end" is the direction
   * from the first picture's logit to the last one's; towards the target when these are equal.
   *
   * <p>In blocks of one, each step scores the remaining pixels: all, or the {@code candidates} that
   * the gradient at the current picture finds most promising. In larger blocks, a step takes the
   * best pixels by that gradient without scoring them. In either case it is greedy, not optimal.
   *
   * @param best best first or worst first
   * @param block pixels per step, at least 1
   * @param candidates largest number of pixels scored per step, at least 1
   * @param batch pictures per call, at least 1
   */
  public record GreedyOrder(boolean best, int block, int candidates, int batch) {
    public GreedyOrder {
      Checks.refuse(
          block < 1 || candidates < 1 || batch < 1,
          "block, candidates and batch are at least 1, were %d, %d and %d",
          block,
          candidates,
          batch);
    }

    /**
     * Orders the pixels in which two pictures differ.
     *
     * @param progress receives after each step the number of pixels that are ordered
     */
    public int[] of(Classifier classifier, Raster from, Raster to, IntConsumer progress) {
      GreedyStep step = new GreedyStep(classifier, candidates, batch);
      float[] ends = classifier.logits(List.of(from, to));
      int goal = (ends[1] > ends[0] ? 1 : -1) * (best ? 1 : -1);
      PlanarImage start = PlanarImage.from(from).in(Grays.planes(from, to));
      float[] values = start.values();
      List<GreedyStep.Move> open = moves(from, to);
      List<Integer> order = new ArrayList<>(open.size());
      while (!open.isEmpty()) {
        PlanarImage picture = start.with(values);
        List<GreedyStep.Move> chosen = choose(step, picture, open, goal);
        Set<GreedyStep.Move> gone = new HashSet<>(chosen);
        open.removeIf(gone::contains);
        for (GreedyStep.Move move : chosen) {
          move.on(values, from.canvas().pixels());
          order.add(move.pixel());
        }
        progress.accept(order.size());
      }
      return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<GreedyStep.Move> choose(
        GreedyStep step, PlanarImage picture, List<GreedyStep.Move> open, int goal) {
      if (open.size() == 1) {
        return List.copyOf(open);
      }
      return block == 1
          ? List.of(step.best(picture, open, goal).move())
          : step.best(picture, open, Math.min(block, open.size()), goal);
    }

    private static List<GreedyStep.Move> moves(Raster from, Raster to) {
      PlanarImage end = PlanarImage.from(to).in(Grays.planes(from, to));
      int pixels = end.canvas().pixels();
      List<GreedyStep.Move> moves = new ArrayList<>();
      for (int pixel : Grays.differing(from, to)) {
        List<Float> values = new ArrayList<>();
        for (int plane = 0; plane < end.planes(); plane++) {
          values.add(end.at(plane * pixels + pixel));
        }
        moves.add(new GreedyStep.Move(pixel, List.copyOf(values)));
      }
      return moves;
    }
  }

  /**
   * The paths to score, and their resolution.
   *
   * @param steps largest number of steps of a pixel path, which determines its block, at least 1
   * @param seed the seed of the random orders and of ties in edge rank
   */
  public record PathOptions(
      @Option(
              defaultValue = "best-first,worst-first,outward-in,inward-out,random,straight",
              names = "--orders",
              label = "LIST",
              split = ",",
              help = {
                "Which paths: best-first, worst-first (greedy, see below), outward-in, inward-out"
                    + " (by edge rank), random, straight (all pixels at once, in gray levels)."
                    + " Default: all."
              })
          List<PathKind> kinds,
      @Option(
              names = "--steps",
              label = "N",
              defaultValue = "500",
              help =
                  "Maximum number of steps per pixel path; more pixels than that change in blocks.")
          int steps,
      @Option(
              names = "--random",
              label = "N",
              defaultValue = "20",
              help = "Number of random orders.")
          int draws,
      @Option(
              names = "--candidates",
              label = "N",
              defaultValue = "16",
              help = "Maximum number of pixels scored per greedy step.")
          int candidates,
      @Option(
              names = "--line-steps",
              label = "N",
              defaultValue = "100",
              help = "Number of equal parts in which the straight line is scanned.")
          int lineSteps,
      @Option(
              names = "--tolerance",
              label = "T",
              defaultValue = "1e-4",
              help =
                  "Crossings on the straight line are bisected to an interval of this width in t.")
          double tolerance,
      @Seed long seed) {
    public PathOptions {
      kinds = kinds.stream().distinct().sorted().toList();
      Checks.refuse(kinds.isEmpty(), "at least one path is needed, there was none");
      atLeastOne("steps", steps);
      atLeastOne("random orders", draws);
      atLeastOne("candidates", candidates);
      atLeastOne("steps of the line", lineSteps);
      Checks.require(
          tolerance > 0 && tolerance <= 1, "tolerance is above 0 and at most 1, was %s", tolerance);
    }

    private static void atLeastOne(String what, int value) {
      Checks.refuse(value < 1, "%s must be at least 1, was %s", what, value);
    }
  }
}
