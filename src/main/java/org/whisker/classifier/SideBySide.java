package org.whisker.classifier;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.parallel.Crew;
import org.whisker.value.Checks;

/**
 * Copies of one network that score parts of a batch side by side, each on a thread of its own. A
 * picture's logit does not depend on how many there are. For one thread.
 */
public final class SideBySide implements Classifier {
  private final List<? extends Classifier> copies;
  private final Crew threads;

  /**
   * Shares batches out.
   *
   * @param copies at least one, which are closed with this
   */
  public SideBySide(List<? extends Classifier> copies) {
    Checks.refuse(copies.isEmpty(), "there is no classifier");
    this.copies = List.copyOf(copies);
    this.threads = new Crew(copies.size());
  }

  @Override
  public String name() {
    return copies.get(0).name();
  }

  @Override
  public Canvas canvas() {
    return copies.get(0).canvas();
  }

  @Override
  public int planes() {
    return copies.get(0).planes();
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    int each = Math.max(1, (pictures.size() + copies.size() - 1) / copies.size());
    List<Crew.Task<float[]>> parts = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += each) {
      List<? extends Raster> part = pictures.subList(from, Math.min(from + each, pictures.size()));
      Classifier copy = copies.get(parts.size());
      parts.add(ended -> copy.logits(part));
    }
    float[] logits = new float[pictures.size()];
    int from = 0;
    for (float[] part : threads.run(parts, RuntimeException.class)) {
      System.arraycopy(part, 0, logits, from, part.length);
      from += each;
    }
    return logits;
  }

  @Override
  public void close() {
    threads.close(); // first: a copy may be at work
    copies.forEach(Classifier::close);
  }
}
