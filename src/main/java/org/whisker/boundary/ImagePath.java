package org.whisker.boundary;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.Raster;

/** A path from one picture to another, parametrised by a position that increases from 0. */
public sealed interface ImagePath permits PixelPath, StraightPath {
  /** The position of the other picture; 0 if both are the same. */
  double length();

  /**
   * The picture at this position.
   *
   * @throws IllegalArgumentException beyond the path's ends
   */
  Raster at(double position);

  /** The positions to score, ascending, from 0 to {@link #length()}. */
  List<Double> scan();

  /**
   * A position strictly between these; empty once they are as close as the path's resolution
   * permits.
   */
  OptionalDouble between(double low, double high);
}
