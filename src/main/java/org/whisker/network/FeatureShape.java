package org.whisker.network;

/**
 * The shape of a tensor passed between layers, without the batch dimension; a vector is {@code n x
 * 1 x 1}.
 */
public record FeatureShape(int channels, int height, int width) {
  public FeatureShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "nothing is left of the image: " + channels + "x" + height + "x" + width);
    }
  }

  public static FeatureShape vector(int length) {
    return new FeatureShape(length, 1, 1);
  }

  public long size() {
    return (long) channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
