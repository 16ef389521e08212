package org.whisker.saliency;

import java.util.Optional;

/**
 * A way to say which pixels of a picture a classifier's logit depends on. A method is a value: its
 * options are set, and the same options give the same map.
 */
public interface SaliencyMethod {
  /** Its name, what it needs, and what its map means. */
  Method method();

  /** What it is set to, in a few words; empty where there is nothing to set. */
  String options();

  /**
   * The map of one picture, with what the method knows of it.
   *
   * @param input that {@link Method#obstacle} has nothing against
   * @return empty when stopped
   * @throws IllegalArgumentException for an unknown layer, or if the picture is not of the
   *     classifier's size
   */
  Optional<Attribution> explain(MethodInput input);
}
