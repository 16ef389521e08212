package org.whisker.saliency;

import java.util.Optional;

/**
 * An attribution method: which pixels of an image a classifier's logit depends on. A method is a
 * value with fixed options and deterministic: equal options give the same map.
 */
public interface SaliencyMethod {
  /** What the method is: name, needs, unit and sign. */
  Method method();

  /** A short description of its options; an empty text if it has none. */
  String options();

  /**
   * Explains one image.
   *
   * @param input for which {@link Method#obstacle} is empty
   * @return empty when stopped
   * @throws IllegalArgumentException for an unknown layer, or if the picture is not of the
   *     classifier's size
   */
  Optional<Attribution> explain(MethodInput input);
}
