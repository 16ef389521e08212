package org.whisker.boundary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/**
 * The order in which each step changes the pixel that moves the logit most towards the path's end
 * (best first), or least (worst first: most away from it). "Towards the end" is the direction from
 * the first picture's logit to the last one's; towards cat when these are equal.
 *
 * <p>In blocks of one, each step scores the remaining pixels: all, or the {@code candidates} that
 * the gradient at the current picture finds most promising. In larger blocks, a step takes the best
 * pixels by that gradient without scoring them. In either case it is greedy, not optimal.
 *
 * @param best best first or worst first
 * @param block pixels per step, at least 1
 * @param candidates largest number of pixels scored per step, at least 1
 * @param batch pictures per call, at least 1
 */
public record GreedyOrder(boolean best, int block, int candidates, int batch) {
  public GreedyOrder {
    if (block < 1 || candidates < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "block, candidates and batch are at least 1, were %d, %d and %d"
              .formatted(block, candidates, batch));
    }
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
    float[] gray = from.grayValues();
    List<GreedyStep.Move> open = moves(from, to);
    List<Integer> order = new ArrayList<>(open.size());
    while (!open.isEmpty()) {
      GrayImage picture = new GrayImage(from.canvas(), gray);
      List<GreedyStep.Move> chosen = choose(step, picture, open, goal);
      Set<GreedyStep.Move> gone = new HashSet<>(chosen);
      open.removeIf(gone::contains);
      for (GreedyStep.Move move : chosen) {
        gray[move.pixel()] = move.gray();
        order.add(move.pixel());
      }
      progress.accept(order.size());
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<GreedyStep.Move> choose(
      GreedyStep step, GrayImage picture, List<GreedyStep.Move> open, int goal) {
    if (open.size() == 1) {
      return List.copyOf(open);
    }
    return block == 1
        ? List.of(step.best(picture, open, goal).move())
        : step.best(picture, open, Math.min(block, open.size()), goal);
  }

  private static List<GreedyStep.Move> moves(Raster from, Raster to) {
    float[] end = to.grayValues();
    List<GreedyStep.Move> moves = new ArrayList<>();
    for (int pixel : Grays.differing(from, to)) {
      moves.add(new GreedyStep.Move(pixel, end[pixel]));
    }
    return moves;
  }
}
