package org.whisker.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;

/**
 * Which photos an epoch shows, and in which order. Balanced, it shows as many cats as others: each
 * photo of the larger class once, and those of the smaller class equally often, give or take one;
 * which of them appear once more is drawn again in every epoch.
 */
public final class EpochOrder {
  /** The ratio of class sizes from which balancing is advised. */
  public static final double UNEVEN = 1.5;

  private final List<List<Integer>> classes = new ArrayList<>();
  private final int photos;
  private final boolean balanced;

  /**
   * @param balanced whether an epoch shows as many photos of cats as of others
   */
  public EpochOrder(List<CachedPhoto> photos, boolean balanced) {
    this.photos = photos.size();
    this.balanced = balanced;
    for (Label label : Label.values()) {
      classes.add(
          IntStream.range(0, photos.size())
              .filter(i -> photos.get(i).photo().label() == label)
              .boxed()
              .toList());
    }
    Checks.refuse(balanced && smaller() == 0, "photos of one class alone cannot be balanced");
  }

  private int larger() {
    return classes.stream().mapToInt(List::size).max().orElse(0);
  }

  private int smaller() {
    return classes.stream().mapToInt(List::size).min().orElse(0);
  }

  /** Whether one class has {@link #UNEVEN} times the photos of the other, or more. */
  public boolean isUneven() {
    return larger() >= UNEVEN * smaller();
  }

  /** How many photos an epoch shows. */
  public int length() {
    return balanced ? classes.size() * larger() : photos;
  }

  /** Positions in the list of photos. */
  int[] of(long seed, int epoch) {
    List<Integer> chosen = new ArrayList<>();
    if (balanced) {
      classes.forEach(each -> chosen.addAll(repeated(each, seed, epoch)));
    } else {
      IntStream.range(0, photos).forEach(chosen::add);
    }
    return shuffled(chosen, SplitMix64.stream(seed, "order", epoch));
  }

  private List<Integer> repeated(List<Integer> all, long seed, int epoch) {
    List<Integer> repeated = new ArrayList<>();
    while (repeated.size() + all.size() <= larger()) {
      repeated.addAll(all);
    }
    int[] more = shuffled(all, SplitMix64.stream(seed, "oversampling", epoch));
    for (int i = 0; repeated.size() < larger(); i++) {
      repeated.add(more[i]);
    }
    return repeated;
  }

  private static int[] shuffled(List<Integer> list, SplitMix64 random) {
    int[] order = list.stream().mapToInt(Integer::intValue).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}
