package org.whisker.evolution;

import org.whisker.image.BlackPixels;

/** What each individual of generation 0 is. */
public sealed interface Founders {
  /** A founder's genome. */
  BlackPixels draw(Step step);

  /** The name as a manifest holds it. */
  String label();

  /** One black pixel, anywhere in the first generation's region, all with the same chance. */
  record OnePixel() implements Founders {
    @Override
    public BlackPixels draw(Step step) {
      int pixel = step.region().get(step.random().nextInt(step.region().size()));
      return BlackPixels.of(step.region().canvas(), pixel);
    }

    @Override
    public String label() {
      return "one-pixel";
    }
  }
}
